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
_NEVER_SHOWN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0, DEL and C1 controls; tab and newline are dealt with before
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # invisible: soft hyphen, joiners, fillers
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # bidirectional and other invisible controls
    "\ufeff\ufff0-\ufffb"  # byte order mark, interlinear annotation
    "\ud800-\udfff"  # lone surrogates cannot be encoded
    "\ufdd0-\ufdef\ufffe\uffff"  # non-characters
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # hieroglyph, shorthand, musical formatting
    "\U000e0000-\U0010ffff"  # tags; variation selectors that hide data; private planes (kitty draws images there)
    "]"
)
_PERHAPS_PILED = re.compile("[\u0300-\U0010ffff]{5,}")
_MOST_MARKS = 4


def clean(text: str, *, limit: int, lines: bool = False) -> str:
    r"""Return ``text`` as something that can be shown on any terminal and does nothing there.

    Controls, bidirectional overrides, tag characters, surrogates and other invisible characters
    are dropped; tabs become spaces; piled-up accents are cut at four. The result is NFC. Joiners
    stay, because Persian and emoji need them.

    Args:
        text: anything at all.
        limit: how many characters to keep at the most.
        lines: keep line breaks (as ``\n``). Without it the result is one line.

    Cleaning twice changes nothing.
    """
    # What is dropped leaves room for more; cutting at four times the limit keeps huge pastes cheap.
    text = _LINE_BREAKS.sub("\n", text[: limit * 4]).replace("\t", "    " if lines else " ")
    # Normalising sorts accents in quadratic time and may split one into two: cut before and after.
    text = _PERHAPS_PILED.sub(_without_piles, _NEVER_SHOWN.sub("", text))
    text = _PERHAPS_PILED.sub(_without_piles, unicodedata.normalize("NFC", text))
    return text[:limit] if lines else " ".join(text.split())[:limit].rstrip()


def _without_piles(run: re.Match[str]) -> str:
    """Cut accents piled on one letter, which would be drawn over the lines above and below."""
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str, limit: int = 80) -> str:
    """``clean`` for a name, a title or a message: one line of at most ``limit`` characters."""
    return clean(text, limit=limit)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word whose spelling is nearest to ``word``, or None if none is near."""
    import difflib  # noqa: PLC0415  only needed once somebody has made a mistake

    found = difflib.get_close_matches(word.casefold()[:80], list(known))
    return found[0] if found else None
