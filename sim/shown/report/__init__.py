"""One file that explains a run or a comparison: offline, in two languages, to read, to print, to take apart. 网页报告

`write(folder)` reads a folder of results and writes `report.html` into it; nothing in the page asks the network.
"""

from sim.shown.report.page import NAME, build, write

__all__ = ["NAME", "build", "write"]
