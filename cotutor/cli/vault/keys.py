"""``cotutor vault create``, ``passphrase`` and ``recovery``: what opens a vault."""

import argparse
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, one_of
from cotutor.cli.reading import show
from cotutor.cli.vault.work import (
    behind_fence,
    folder_of,
    opened,
    refuse_missing,
    refuse_strange,
    shown,
    wall,
)
from cotutor.domain.errors import CotutorError, WrongPassphrase

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.notebook import Notebook

CHANGE_MORE = """\
The old passphrase opens the vault until the new one is proved. Backups still
open with the passphrase of their day.
With --re-encrypt old copies of the key file open nothing that is written from
now on. The recovery key ends with it: make a new one.
"""

_ABOUT = (
    "A vault is for your own reflections: one person, one passphrase, on this computer only.",
    "Whoever steals or copies this computer reads nothing of it without your passphrase.",
    "But a court can order notes; encryption is not privilege. If you lose the passphrase, nobody can",
    "help, unless you have made a recovery key.",
    "",
)
_TRIES = 3


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
    from cotutor.services.auto_lock import is_there

    folder = folder_of(options)
    if is_there(folder):
        raise CotutorError(f"There is already a vault in {shown(folder)}. Nothing was changed.")
    refuse_strange(folder)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.cli.vault.choose import chosen, prepared
        from cotutor.services import custody

        asking = Asking(from_input=options.from_input)
        if not asking.from_input:
            asking.tell(_ABOUT)
        words, offered = chosen(asking)
        custody.create(folder, prepared(words, offered=offered), wall()).close()
        return show(
            [
                f"The vault is made, in {shown(folder)}. Nothing is in it yet.",
                "To write: cotutor reflect. For a recovery key: cotutor vault recovery add.",
            ]
        )

    return behind_fence(work, makes=[folder])


def passphrase(options: argparse.Namespace) -> int:
    """Change the passphrase; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking
        from cotutor.cli.vault.choose import chosen, prepared
        from cotutor.cli.vault.progress import Working
        from cotutor.services import custody

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as notebook:
            had_recovery = notebook.vault.has_recovery
            words, offered = chosen(asking)
            new = prepared(words, offered=offered)
            with Working("Changing the passphrase"):
                custody.change_passphrase(notebook, new, wall(), reencrypt=options.re_encrypt)
            lost = had_recovery and not notebook.vault.has_recovery
        told = ["The new passphrase is in force. Backups still open with the passphrase of their day."]
        if lost:
            told.append("The recovery key has ended: make a new one with cotutor vault recovery add.")
        return show(told)

    return behind_fence(work, writable=[folder])


def recovery(options: argparse.Namespace) -> int:
    """Make a recovery key or let it end; returns the exit code."""
    folder = folder_of(options)
    refuse_missing(folder)

    def work() -> int:
        from cotutor.cli.vault.ask import Asking

        asking = Asking(from_input=options.from_input)
        with opened(options, asking) as notebook:
            return (_add if options.do == "add" else _remove)(notebook, asking, yes=options.yes)

    return behind_fence(work, writable=[folder])


def _add(notebook: "Notebook", asking: "Asking", *, yes: bool) -> int:  # noqa: ARG001  as _remove is called
    """Show a key once; it counts when it has been typed back."""
    from cotutor.services import custody

    notebook.vault.store.refuse_read_only()
    key = custody.offer_recovery()
    if asking.from_input:
        show([key])
        custody.add_recovery(notebook, key, asking.secret("recovery key typed back"))
    else:
        asking.show_once(_paper(key), "Press Enter when it is on paper: ")
        _typed_back(notebook, asking, key)
    return show(["The recovery key opens the vault from now on. Keep the paper where you keep a passport."])


def _paper(key: str) -> list[str]:
    return [
        "Write this on paper now: it is shown only once. It opens the vault without the passphrase.",
        "",
        f"    {key}",
        "",
        "An earlier recovery key ends. Capitals, spaces and hyphens don't matter.",
    ]


def _typed_back(notebook: "Notebook", asking: "Asking", key: str) -> None:
    from cotutor.services import custody

    for left in reversed(range(_TRIES)):
        try:
            return custody.add_recovery(notebook, key, asking.secret("recovery key typed back"))
        except WrongPassphrase as problem:
            if not left:
                raise
            asking.tell([problem.message])
    return None


def _remove(notebook: "Notebook", asking: "Asking", *, yes: bool) -> int:
    from cotutor.services import custody

    if not notebook.vault.has_recovery:
        return show(["This vault has no recovery key."])
    asking.confirmed("Let only the passphrase open the vault from now on?", yes=yes)
    custody.remove_recovery(notebook)
    return show(
        [
            "The recovery key has ended. Backups and old copies of the key file still open with it; after",
            "cotutor vault passphrase --re-encrypt they open nothing that is written from then on.",
        ]
    )
