"""``cotutor vault create``, ``passphrase`` and ``recovery``: what opens a vault."""

import argparse
import shlex
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, one_of
from cotutor.cli.reading import show
from cotutor.cli.vault.opening import (
    behind_fence,
    folder_of,
    opened,
    wall,
)
from cotutor.conversation.vault.places import label, refuse_missing, refuse_taken
from cotutor.domain.errors import WrongPassphrase

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking
    from cotutor.conversation.vault.values import Vault

CHANGE_MORE = """\
The old passphrase opens the vault until the new one is proved. Backups still
open with the passphrase of their day.
With --re-encrypt old copies of the key file open nothing that is written from
now on. The recovery key ends with it: make a new one.
"""


def unlocking(parser: Parser) -> None:
    """Declare the other way to unlock."""
    parser.add_argument(
        "--recovery-key", action="store_true", help="unlock with the recovery key, not the passphrase"
    )


def passphrase_arguments(parser: Parser) -> None:
    """Declare what changing the passphrase takes."""
    unlocking(parser)
    parser.add_argument("--re-encrypt", action="store_true", help="also move everything to a fresh key")


def recovery_arguments(parser: Parser) -> None:
    """Declare what the recovery key's command takes."""
    parser.add_argument(
        "do", metavar="add | remove", type=one_of("add", "remove"), help="make one, or let it end"
    )
    parser.add_argument("--yes", action="store_true", help="remove it without asking")


def create(options: argparse.Namespace) -> int:
    """Make a vault; returns the exit code.

    Raises:
        CotutorError: there is one already, or something else.
    """
    folder = folder_of(options)
    refuse_taken(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.cli.vault.passphrase import chosen, prepared
        from cotutor.conversation.vault.about import ABOUT
        from cotutor.conversation.vault.keys import create

        asking = Asking(from_input=options.from_input)
        if not asking.from_input:
            asking.show([*(text for _, text in ABOUT), ""])
        create(folder, prepared(chosen(asking)), wall()).close()
        here = f" --vault {shlex.quote(label(folder))}" if options.vault else ""
        return show(
            [
                f"The vault is made, in {label(folder)}. Nothing is in it yet.",
                f"To write: cotutor reflect{here}",
                f"For a recovery key: cotutor vault recovery add{here}",
            ]
        )

    return behind_fence(work, makes=[folder])


def passphrase(options: argparse.Namespace) -> int:
    """Change the passphrase; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking
        from cotutor.cli.vault.passphrase import chosen, prepared
        from cotutor.cli.vault.progress import Working
        from cotutor.conversation.vault.keys import change_passphrase

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as vault:
            new = prepared(chosen(asking))
            with Working("Changing the passphrase"):
                lines = change_passphrase(vault, new, wall(), reencrypt=options.re_encrypt)
        return show(lines)

    return behind_fence(work, writable=[folder])


def recovery(options: argparse.Namespace) -> int:
    """Make a recovery key or let it end; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.asking import Asking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as vault:
            return _add(vault, asking) if options.do == "add" else _remove(vault, asking, yes=options.yes)

    return behind_fence(work, writable=[folder])


def _add(vault: "Vault", asking: "Asking") -> int:
    """Show a key once; it counts when it has been typed back."""
    from cotutor.conversation.vault.keys import RECOVERY_IN_FORCE, WRITE_IT_DOWN, new_recovery_key

    vault.refuse_read_only()
    key = new_recovery_key()
    if asking.from_input:
        show([key])
        vault.set_recovery(key, asking.secret("recovery key typed back"))
    else:
        asking.show_once([WRITE_IT_DOWN, "", f"    {key}", ""], "Press Enter when it is on paper: ")
        _typed_back(vault, asking, key)
    return show([RECOVERY_IN_FORCE])


def _typed_back(vault: "Vault", asking: "Asking", key: str) -> None:
    from cotutor.conversation.vault.keys import TYPE_IT_BACK
    from cotutor.conversation.vault.passphrase import TRIES

    asking.show([TYPE_IT_BACK])
    for left in reversed(range(TRIES)):
        typed = asking.secret("recovery key typed back")
        try:
            return vault.set_recovery(key, typed)
        except WrongPassphrase as problem:
            if not left:
                raise
            asking.show([problem.message])
    return None


def _remove(vault: "Vault", asking: "Asking", *, yes: bool) -> int:
    from cotutor.conversation.vault.keys import NO_RECOVERY
    from cotutor.conversation.vault.questions import REMOVE_RECOVERY

    if not vault.has_recovery:
        return show([NO_RECOVERY])
    asking.confirmed(REMOVE_RECOVERY.text, yes=yes)
    vault.remove_recovery()
    return show([REMOVE_RECOVERY.done])
