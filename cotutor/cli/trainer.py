"""``cotutor workshop``, ``demo`` and ``practise``: the trainer's commands, fenced in and without the vault.

A workshop may write to one folder, for the notice that a second window reads; that window may only
read it; demonstrations and practice may write nowhere.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, times

if TYPE_CHECKING:
    from pathlib import Path

    from cotutor.conversation.trainer.projector import Projector

WORKSHOP_MORE = """\
A programme is a name, such as half-day or lunchtime, or a file ending in .toml.
The trainer's window shows notes, seats and controls; v shows the room's view.
For a projector, start a second window on the same computer:
  cotutor workshop --audience
It follows the first one, and shows times, instructions and seat numbers only.
"""
DEMO_MORE = """\
A script is a name, such as two-posts or the-letter, or a file ending in .toml.
Everybody in the conversations is invented.
"""


def workshop_arguments(parser: Parser) -> None:
    """Declare what a workshop can be asked for."""
    add = parser.add_argument
    add(
        "what",
        metavar="PROGRAMME",
        nargs="?",
        help="a programme's name or file; chosen from a list if left out",
    )
    add("--people", metavar="N", type=_people, help="how many are there, 2 to 60")
    _add_common(parser)
    add("--audience", action="store_true", help="the second window, for the projector")


def demo_arguments(parser: Parser) -> None:
    """Declare what a demonstration can be asked for."""
    parser.add_argument(
        "what", metavar="SCRIPT", nargs="?", help="a script's name or file; chosen from a list if left out"
    )
    _add_common(parser)


def practice_arguments(parser: Parser) -> None:
    """Declare what practising can be asked for."""
    parser.add_argument("--plain", action="store_true", help="the line mode")


def _add_common(parser: Parser) -> None:
    add = parser.add_argument
    add(
        "--rehearse",
        metavar="N",
        type=times,
        default=1,
        help="run N times as fast, under a banner that says so",
    )
    add("--plain", action="store_true", help="the line mode")


def _people(written: str) -> int:
    if written.isascii() and written.isdecimal() and 2 <= int(written[:4]) <= 60:
        return int(written)
    raise argparse.ArgumentTypeError("say a whole number from 2 to 60; first names are asked for later")


def workshop(options: argparse.Namespace) -> int:
    """Run a workshop, or the window for the room; returns the exit code."""
    if options.audience:
        return _audience(options.what)
    from cotutor.services.noticeboard import Lookout

    projector = _projector(options.what)
    board = projector.board

    def face() -> int:
        if options.plain:
            from cotutor.plain.trainer import start

            return start.workshop(options.what, options.people, options.rehearse, projector)
        from cotutor.tui.trainer import app

        return app.workshop(options.what, options.people, options.rehearse, projector)

    try:
        return _guarded(face, options, writable=[board.folder] if board else [])
    finally:
        if board:
            Lookout(board.folder).sweep()  # whatever ended the face, its notice goes too


def _projector(programme: str | None) -> "Projector":
    """How the room gets to see the workshop."""
    from cotutor.conversation.trainer.projector import Projector
    from cotutor.domain.errors import CotutorError
    from cotutor.services.noticeboard import Noticeboard, private_folder

    given = f"{programme} " if programme and programme.endswith(".toml") else ""
    try:
        board = Noticeboard(private_folder())
    except CotutorError as problem:
        return Projector(None, problem.message)
    return Projector(board, f"On the projector, in a second window: cotutor workshop {given}--audience")


def _audience(programme: str | None) -> int:
    from cotutor.services.noticeboard import Lookout, private_folder

    lookout = Lookout(private_folder())

    def face() -> int:
        from cotutor.tui.trainer import app

        return app.audience(programme, lookout)

    options = argparse.Namespace(plain=False, what=programme)
    return _guarded(face, options, readable=[lookout.folder])


def demo(options: argparse.Namespace) -> int:
    """Play a demonstration; returns the exit code."""

    def face() -> int:
        if options.plain:
            from cotutor.plain.trainer import start

            return start.demonstration(options.what, options.rehearse)
        from cotutor.tui.trainer import app

        return app.demonstration(options.what, options.rehearse)

    return _guarded(face, options)


def practise(options: argparse.Namespace) -> int:
    """Practise alone; returns the exit code."""

    def face() -> int:
        if options.plain:
            from cotutor.plain.trainer import start

            return start.practice()
        from cotutor.tui.trainer import app

        return app.practice()

    return _guarded(face, argparse.Namespace(plain=options.plain, what=None))


def _guarded(
    face: Callable[[], int],
    options: argparse.Namespace,
    *,
    writable: "Sequence[Path]" = (),
    readable: "Sequence[Path]" = (),
) -> int:
    """Run a face under guard, fenced in.

    Raises:
        WrongUsage: it needs a terminal, and there is none.
    """
    from cotutor.process.guard import run_guarded

    if not options.plain:
        from cotutor.process.terminal import require_terminal

        require_terminal()

    def fenced(_start: object) -> int:
        from cotutor.process.fence import arm
        from cotutor.services.folders import config_folder

        arm(writable, readable=[config_folder(), *readable, *([options.what] if options.what else [])])
        return face()

    return run_guarded(fenced)
