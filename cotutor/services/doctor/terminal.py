"""What the terminal shows, keeps and passes on."""

import os
import sys
from collections.abc import Iterator, Mapping

from cotutor.domain.text import one_line
from cotutor.services.doctor.finding import Finding
from cotutor.services.doctor.table import found

_LEAST = (40, 12)
_FULL = (80, 24)


def about_multiplexer(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Tmux and GNU screen keep a copy of everything shown, in a process of their own."""
    for variable, name in (("TMUX", "tmux"), ("STY", "GNU screen"), ("ZELLIJ", "zellij")):
        if variable in environ:
            yield found("multiplexer", name=name)


def about_remote(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Over SSH two computers see every word."""
    if {"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"} & set(environ):
        yield found("SSH")


def about_recording() -> Finding:
    """Somebody may keep everything that is shown, and no program can notice."""
    return found("recording")


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
    return found("bell", because=because)


def about_colours(environ: Mapping[str, str]) -> Finding:
    """How many colours the terminal says it can show, and whether they are wanted."""
    if "NO_COLOR" in environ:
        return found("colours not wanted")
    term = environ.get("TERM", "")
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or term.endswith("-direct"):
        shown = "all colours"
    elif "256color" in term:
        shown = "256 colours"
    else:
        shown = "few colours"
    return found("colours", shown=shown)


def about_kind(environ: Mapping[str, str]) -> Finding:
    """What kind of terminal this is, and whether it can show the full screen at all."""
    term = one_line(environ.get("TERM", ""), 40)
    program = one_line(environ.get("TERM_PROGRAM", "Windows Terminal" if "WT_SESSION" in environ else ""), 40)
    named = f"{term or 'unnamed'}{f' ({program})' if program else ''}"
    missing = [name for name, stream in _STREAMS.items() if not _is_terminal(stream)]
    if missing:
        return found("no terminal", missing=", ".join(missing))
    if term in {"", "dumb"}:
        return found("terminal of lines", named=named)
    if sys.platform == "win32" and not program:
        return found("old console")
    return found("terminal", named=named)


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
    columns, rows = size
    if columns < _LEAST[0] or rows < _LEAST[1]:
        yield found("too small", columns=columns, rows=rows, least_columns=_LEAST[0], least_rows=_LEAST[1])
    elif columns < _FULL[0] or rows < _FULL[1]:
        yield found("small", columns=columns, rows=rows, full_columns=_FULL[0], full_rows=_FULL[1])
    else:
        yield found("large enough", columns=columns, rows=rows)


def size_here() -> tuple[int, int] | None:
    """Columns and rows of the terminal the program is in."""
    for fd in _STREAMS.values():
        try:
            size = os.get_terminal_size(fd)
        except OSError:
            continue
        return (size.columns, size.lines)
    return None
