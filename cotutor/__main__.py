"""Where the program begins: ``cotutor``, or ``python -m cotutor``."""

import sys

from cotutor.process.environment import scrub


def main() -> int:
    """Make the surroundings safe, then do what the command line asks; returns the exit code."""
    scrub()
    from cotutor.cli import main as obey  # noqa: PLC0415  not before the environment is clean

    return obey()


if __name__ == "__main__":
    sys.exit(main())
