# ruff: noqa: PTH118, PTH120, PTH110  importing pathlib would keep the first line waiting
"""``cotutor session`` and the home screen: starting a face under guard, fenced in."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from cotutor.cli.parser import Parser, length, one_of, times

if TYPE_CHECKING:
    from cotutor.conversation.session.request import SessionRequest

MORE = """\
A plan is a name, such as pair or triad, or a file ending in .toml.
With --quick every default is taken and the clock starts at once.
With --plain each change is one line of plain text, and words are typed:
type help to hear them. At the end of its input it goes on by itself.
"""


def arguments(parser: Parser) -> None:
    """Declare what a session can be asked for."""
    add = parser.add_argument
    add("plan", metavar="PLAN", nargs="?", default="pair", help="a plan's name or file; pair if left out")
    add("--turn", metavar="LENGTH", type=length, help="how long each speaks: 20m")
    add(
        "--warn",
        metavar="LENGTH",
        type=length,
        action="append",
        help="a word so long before the end; may be repeated",
    )
    add(
        "--mode",
        metavar="MODE",
        type=one_of("listen", "think", "challenge"),
        help="listen, think or challenge",
    )
    add("--first", metavar="WHO", type=one_of("A", "B", "C"), help="who speaks first: A, B or C")
    add(
        "--as",
        metavar="NAME",
        dest="names",
        nargs="+",
        help="what each is called, in the order A, B, C; others on this computer can see them",
    )
    add("--quick", action="store_true", help="take every default and start")
    add(
        "--rehearse",
        metavar="N",
        type=times,
        default=1,
        help="run N times as fast, under a banner that says so",
    )
    add("--plain", action="store_true", help="the line mode")
    add("--silent", action="store_true", help="never ring the bell")


def run(options: argparse.Namespace) -> int:
    """Run a session on the full screen or in lines; returns the exit code."""
    if options.plain:
        greeted = _greet_at_once(options)
        return _guarded(lambda: _in_lines(options, greeted=greeted), options.plan)
    return _on_screen(options)


def _greet_at_once(options: argparse.Namespace) -> bool:
    """Greet before anything slow is loaded, if it is plain that there will be a session."""
    shipped = os.path.join(os.path.dirname(__file__), "..", "content", "plans", f"{options.plan}.toml")
    if os.sep in options.plan or not os.path.exists(shipped):
        return False
    _greet(options.rehearse)
    return True


def _greet(rehearse: int) -> None:
    from cotutor.plain.greeting import greeting

    sys.stdout.write("".join(f"{line}\n" for line in greeting(rehearse)))
    sys.stdout.flush()


def _in_lines(options: argparse.Namespace, *, greeted: bool) -> int:
    from cotutor.plain.session import start

    return start.run(_request(options), None if greeted else lambda: _greet(options.rehearse))


def _on_screen(options: argparse.Namespace) -> int:
    from cotutor.tui.launch import on_screen

    def opening() -> int:
        from cotutor.tui.home import app

        return app.run(_request(options))

    return on_screen(opening, readable=[options.plan])


def _request(options: argparse.Namespace) -> "SessionRequest":
    from cotutor.conversation.session.request import SessionRequest
    from cotutor.domain.plan import Mode

    return SessionRequest(
        plan=options.plan,
        turn=options.turn,
        warn=tuple(options.warn) if options.warn else None,
        mode=Mode(options.mode) if options.mode else None,
        first=options.first,
        names=tuple(options.names) if options.names else None,
        quick=options.quick,
        rehearse=options.rehearse,
        silent=options.silent,
    )


def _guarded(face: Callable[[], int], plan: str | None) -> int:
    """Run a face that leaves nothing secret behind and can write no file."""
    from cotutor.process.guard import run_guarded

    def fenced(_start: object) -> int:
        from cotutor.process.fence import arm
        from cotutor.services.folders import config_folder

        arm(readable=[config_folder(), *([plan] if plan else [])])
        return face()

    return run_guarded(fenced)
