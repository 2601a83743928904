"""Cleaning text that comes from people and files, before anything else sees it.

A terminal acts on more than ESC: C1 controls start sequences too, bidirectional overrides
rewrite what is read, and tag characters hide text. All of them pass through Textual's widgets
unchanged, so every string is cleaned where it enters (see "Injection" in the security notes
of the README).
"""

import re
import unicodedata
from collections.abc import Iterable

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ACTS_ON_A_TERMINAL = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0, DEL and C1 controls; tab and newline are dealt with before
    "\u00ad\u180e"  # soft hyphen, Mongolian vowel separator: invisible
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f"  # bidirectional and other invisible controls
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ud800-\udfff"  # lone surrogates cannot be encoded
    "\ufdd0-\ufdef\ufffe\uffff"  # non-characters
    "\U0001d173-\U0001d17a"  # musical formatting
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)
_PILED_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean(text: str, *, limit: int, lines: bool = False) -> str:
    r"""Return ``text`` as something that can be shown on any terminal and does nothing there.

    Controls, bidirectional overrides, tag characters, surrogates and other invisible characters
    are dropped; tabs become spaces; piled-up accents are cut at four. The result is NFC.

    Args:
        text: anything at all.
        limit: how many characters to keep at the most.
        lines: keep line breaks (as ``\n``). Without it the result is one line.

    Cleaning twice changes nothing.
    """
    # Normalising can lengthen text a little and is linear; cutting first keeps huge pastes cheap.
    text = _LINE_BREAKS.sub("\n", text[: limit * 4]).replace("\t", "    " if lines else " ")
    text = _ACTS_ON_A_TERMINAL.sub("", text)
    text = _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    if not lines:
        text = " ".join(text.split())
    return text[:limit]


def one_line(text: str, limit: int = 80) -> str:
    """``clean`` for a name, a title or a message: one line of at most ``limit`` characters."""
    return clean(text, limit=limit)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice whose spelling is nearest to ``word``, or None if none is near."""
    import difflib  # noqa: PLC0415  only needed once somebody has made a mistake

    found = difflib.get_close_matches(word.casefold()[:80], list(choices), n=1, cutoff=0.6)
    return found[0] if found else None
