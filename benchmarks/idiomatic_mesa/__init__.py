"""The same village written as a Mesa user would: persons and homes are agents with attributes and methods.

It does the whole month of the baseline and comes to the same numbers, to the last bit: every measure of the notebook
and every flow of money. It starts from the same founding tables, calls the same laws in `sim.village.rules` as plain
Python functions (`SIM_PLAIN=1`), and has the same keyed luck unless it is asked for Mesa's own.

Not in it is what the baseline never does: the actions of outsiders (courses, gifts, markets opened, relief, travel
support, public posts, care services, shocks, the cooperative), the overrides of single decisions and the switches that
turn rules off.
On the page of a baseline those steps look at an empty table, or find nobody taught, and return.
Columns that nothing reads (why a trade was taken up, inputs paid, machine hours, remittances by home) are not kept.
"""

from benchmarks.idiomatic_mesa.village import MesaVillage

__all__ = ["MesaVillage"]
