"""Ratios side by side, printed and never asserted: `python -m benchmarks`. 基准"""
