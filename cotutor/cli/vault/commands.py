"""``cotutor vault`` and ``cotutor reflect``: which of the vault's commands is meant, and its help."""

import argparse
from pathlib import Path

from cotutor.cli.command import Command
from cotutor.cli.parser import Parser, one_of
from cotutor.cli.vault import copies, exports, forget, keys
from cotutor.domain.errors import WrongUsage

VERBS = {
    "create": Command("create", "make a vault and choose its passphrase", lambda _parser: None, keys.create),
    "check": Command(
        "check",
        "see whether all of it is whole, and how it stands",
        keys.unlocking,
        copies.check,
    ),
    "passphrase": Command(
        "passphrase [--re-encrypt]",
        "change the passphrase",
        keys.passphrase_arguments,
        keys.passphrase,
        keys.CHANGE_MORE,
    ),
    "recovery": Command(
        "recovery add | remove",
        "a key on paper that opens the vault without the passphrase",
        keys.recovery_arguments,
        keys.recovery,
    ),
    "backup": Command(
        "backup [DIR] [--list]",
        "make a dated copy and open it once; or list them",
        copies.backup_arguments,
        copies.backup,
        copies.BACKUP_MORE,
    ),
    "restore": Command(
        "restore BACKUP [--drill]",
        "try a backup, then put it in the vault's place",
        copies.restore_arguments,
        copies.restore,
        copies.RESTORE_MORE,
    ),
    "export": Command(
        "export --as FORM FILE",
        "write what could be seen by others into a file, or everything",
        exports.export_arguments,
        exports.export,
        exports.EXPORT_MORE,
    ),
    "import": Command(
        "import FILE",
        "bring in a JSON export, plain or encrypted; nothing twice",
        exports.import_arguments,
        exports.bring_in,
    ),
    "forget": Command(
        "forget --reflection ID... | --expired | --all",
        "delete for good, and move the rest to a fresh key",
        forget.arguments,
        forget.run,
        forget.MORE,
    ),
}
"""Every command of the vault by its name. A new one is a new row."""

MORE = (
    "".join(
        ["Commands:\n", *(f"  {verb.usage}\n      {verb.does}\n" for verb in VERBS.values())],
    )
    + """
cotutor vault COMMAND --help tells more about one.

Passphrases are typed on the terminal and not shown. With --passphrase-stdin
they are read from standard input instead, one a line, in this order:
  create        the new passphrase
  passphrase    the present one, the new one
  recovery add  the passphrase, then the key that was printed
  export        the passphrase; with --encrypted, the file's own
  import        the passphrase; if the file is encrypted, the file's own
  restore       the passphrase of the backup
  the others    the passphrase
"""
)


def arguments(parser: Parser) -> None:
    """Declare what ``cotutor vault`` takes; each command of it reads the rest itself."""
    parser.add_argument("verb", metavar="COMMAND", type=one_of(*VERBS), help="one of those below")
    parser.add_argument("rest", metavar="...", nargs=argparse.REMAINDER, help="what belongs to it")
    add_folder(parser)


def run(options: argparse.Namespace) -> int:
    """Obey one of the vault's commands; returns the exit code."""
    verb = VERBS[options.verb]
    parser = verb.parser(f"vault {options.verb}")
    add_folder(parser)
    parser.add_argument(
        "--passphrase-stdin", dest="from_input", action="store_true", help="read secrets from standard input"
    )
    parser.set_defaults(recovery_key=False)
    chosen = parser.parse(options.rest)
    chosen.vault = chosen.vault or options.vault
    return verb.run(chosen)


def reflect_arguments(parser: Parser) -> None:
    """Declare what ``cotutor reflect`` takes."""
    add_folder(parser)


def reflect(options: argparse.Namespace) -> int:
    """Show the vault on the full screen; returns the exit code.

    Raises:
        WrongUsage: there is no terminal.
    """
    from cotutor.process.terminal import require_terminal
    from cotutor.tui.launch import on_vault

    try:
        require_terminal()
    except WrongUsage:
        raise WrongUsage(
            "Reflections are written on the full screen: start cotutor reflect in a terminal, without pipes."
        ) from None
    return on_vault(options.vault)


def add_folder(parser: Parser) -> None:
    """Declare where the vault is."""
    parser.add_argument("--vault", metavar="DIR", type=_folder, help="the vault's folder, if not the usual")


def _folder(written: str) -> Path:
    if not written:
        raise argparse.ArgumentTypeError("name a folder")
    return Path(written)
