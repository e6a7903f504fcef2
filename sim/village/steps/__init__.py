"""Loops over rows: fetch, ask the rules, write. One file per subject. 步骤"""
