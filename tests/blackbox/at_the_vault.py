"""The program at its vault, as a person starts it, except that deriving a key costs nothing."""

import sys
from pathlib import Path

from cotutor.process.environment import scrub


def main() -> int:
    """Start at the vault in the folder that is named."""
    scrub()
    from cotutor.tui.launch import on_vault  # noqa: PLC0415  as the program does
    from tests.vault.cheap import allow_cheap  # noqa: PLC0415

    allow_cheap()
    return on_vault(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
