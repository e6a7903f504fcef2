"""`python -m sim.cli` is `village`."""

from sim.cli import main

if __name__ == "__main__":
    main()
