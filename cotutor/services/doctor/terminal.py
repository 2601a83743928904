"""What the terminal shows, keeps and passes on."""

import os
import sys
from collections.abc import Iterator, Mapping

from cotutor.domain.text import one_line
from cotutor.services.doctor.finding import Finding, State

_LEAST = (40, 12)
_DESIGNED_FOR = (80, 24)


def about_multiplexer(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Tmux and GNU screen keep a copy of everything shown, in a process of their own."""
    for variable, name in (("TMUX", "tmux"), ("STY", "GNU screen"), ("ZELLIJ", "zellij")):
        if variable in environ:
            yield Finding(
                name,
                State.DOES_NOT,
                f"{name} keeps what is on the screen in its own memory, and whoever can reach it can look or record."
                " The program wipes its rows before it ends, so nothing stays in the scrollback.",
                f"For private reflections use a terminal without {name}.",
            )


def about_remote(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Over SSH two computers see every word."""
    if {"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"} & set(environ):
        yield Finding(
            "SSH",
            State.NOTE,
            "You are working on another computer. It sees what you type, and its administrator can.",
            "Write reflections only on a computer of your own.",
        )


def about_recording() -> Finding:
    """Somebody may keep everything that is shown, and no program can notice."""
    return Finding(
        "recording",
        State.UNKNOWN,
        "Whether the screen is recorded (script, asciinema, a shared screen, a camera) cannot be seen from here.",
        "Share a single window in a call, and not this one.",
    )


def about_bell(environ: Mapping[str, str]) -> Finding:
    """What may keep the bell from being heard."""
    reasons = []
    if "TMUX" in environ:
        reasons.append("tmux passes it on only if its bell-action says so")
    if "STY" in environ:
        reasons.append("GNU screen may turn it into a flash (vbell)")
    if environ.get("TERM_PROGRAM") == "ghostty":
        reasons.append("Ghostty ignores it unless told otherwise")
    if "SSH_CONNECTION" in environ:
        reasons.append("over SSH it rings where you sit, if at all")
    because = f" Here: {'; '.join(reasons)}." if reasons else ""
    return Finding(
        "bell",
        State.UNKNOWN,
        f"Whether you hear the bell is up to the terminal; no program can tell.{because}",
        "Use the sound check before the session. Every signal is also given in words.",
    )


def about_colours(environ: Mapping[str, str]) -> Finding:
    """How many colours the terminal says it can show, and whether they are wanted."""
    if "NO_COLOR" in environ:
        return Finding("colours", State.NOTE, "NO_COLOR is set, so nothing is said by colour.")
    term = environ.get("TERM", "")
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or term.endswith("-direct"):
        shown = "all colours"
    elif "256color" in term:
        shown = "256 colours"
    else:
        shown = "few colours"
    return Finding(
        "colours", State.NOTE, f"The terminal says it can show {shown}. Nothing is said by colour alone."
    )


def about_kind(environ: Mapping[str, str]) -> Finding:
    """What kind of terminal this is, and whether it can show the full screen at all."""
    term = one_line(environ.get("TERM", ""), 40)
    program = one_line(environ.get("TERM_PROGRAM", "Windows Terminal" if "WT_SESSION" in environ else ""), 40)
    named = f"{term or 'unnamed'}{f' ({program})' if program else ''}"
    missing = [name for name, stream in _STREAMS.items() if not _is_terminal(stream)]
    if missing:
        return Finding(
            "terminal",
            State.NOTE,
            f"There is no terminal at standard {', '.join(missing)}, so the full screen would refuse to start.",
            "Start it in a terminal, or use --plain.",
        )
    if term in {"", "dumb"}:
        return Finding(
            "terminal",
            State.NOTE,
            f"The terminal calls itself {named}, which promises only lines of text.",
            "Use --plain.",
        )
    if sys.platform == "win32" and not program:
        sentence = "This is not Windows Terminal, and older consoles show the full screen badly."
        return Finding("terminal", State.NOTE, sentence, "Use Windows Terminal, or --plain.")
    return Finding("terminal", State.NOTE, f"The terminal calls itself {named}.")


_STREAMS = {"input": 0, "output": 1, "error": 2}


def _is_terminal(fd: int) -> bool:
    try:
        return os.isatty(fd)
    except OSError:
        return False


def about_size(size: tuple[int, int] | None) -> Iterator[Finding]:
    """Whether columns and rows are enough; ``size`` is None where there is no terminal."""
    if size is None:
        return
    shown = f"The terminal has {size[0]} columns and {size[1]} rows"
    if size[0] < _LEAST[0] or size[1] < _LEAST[1]:
        yield Finding(
            "size",
            State.NOTE,
            f"{shown}, which is too small.",
            f"Make it at least {_LEAST[0]} by {_LEAST[1]}.",
        )
    elif size[0] < _DESIGNED_FOR[0] or size[1] < _DESIGNED_FOR[1]:
        wanted = f"Everything is shown from {_DESIGNED_FOR[0]} by {_DESIGNED_FOR[1]}."
        yield Finding("size", State.NOTE, f"{shown}: enough for a reduced picture.", wanted)
    else:
        yield Finding("size", State.NOTE, f"{shown}, which is enough.")


def size_here() -> tuple[int, int] | None:
    """Columns and rows of the terminal the program is in."""
    for fd in _STREAMS.values():
        try:
            size = os.get_terminal_size(fd)
        except OSError:
            continue
        return (size.columns, size.lines)
    return None
