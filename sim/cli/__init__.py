"""The front door: `village run`, `village compare`, and the commands for scenario files. 命令行

Results go to stdout, talk goes to stderr.
"""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line and end with its exit code."""
    from sim.cli.door import answer

    sys.exit(answer(list(sys.argv[1:] if arguments is None else arguments)))
