"""What comes from the keyboard, made harmless before Textual takes it apart into keys.

Textual's own decoder raises at a byte that is no UTF-8, so a terminal set to Latin-1 would end the
session. And an ESC inside a bracketed paste makes its parser take the rest of the sequence for
keys (8.2.8), so pasted text could press them; tmux and GNU screen let an ESC through.
"""

import codecs

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"

MOST_PASTED = 1_000_000
"""Characters of one paste that are looked at; no field takes a fraction of it."""


class Keyboard(codecs.IncrementalDecoder):
    """Bytes from the terminal as text, in which a paste holds no ESC but the one that ends it."""

    def __init__(self, errors: str = "replace") -> None:
        super().__init__(errors)
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors)
        self._tail = ""  # what was passed on last, for a mark that comes in two parts
        self._held = ""  # what may be the beginning of the mark that ends a paste
        self._room = 0
        self._pasting = False

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: FBT001, FBT002  the terminal gives bytes; codecs' signature
        """The text of ``data``, as far as it is complete."""
        rest = self._utf8.decode(data, final)
        passed = []
        while rest:
            text, rest = self._in_paste(rest) if self._pasting else self._before_paste(rest)
            passed.append(text)
        return "".join(passed)

    def _before_paste(self, text: str) -> tuple[str, str]:
        """What is passed on of ``text``, and what is left to look at because a paste has begun."""
        seen = self._tail + text
        begins = seen.find(_PASTE_BEGINS)
        if begins < 0:
            self._tail = seen[1 - len(_PASTE_BEGINS) :]
            return text, ""
        pasted = begins + len(_PASTE_BEGINS) - len(self._tail)
        self._pasting, self._room, self._tail = True, MOST_PASTED, ""
        return text[:pasted], text[pasted:]

    def _in_paste(self, text: str) -> tuple[str, str]:
        """The same until the paste ends."""
        pasted, ends, rest = (self._held + text).partition(_PASTE_ENDS)
        if ends:
            self._pasting, self._held = False, ""
        else:
            self._held = _beginning_of_end(pasted)
            pasted = pasted[: len(pasted) - len(self._held)]
        harmless = pasted.replace("\x1b", "")[: self._room]
        self._room -= len(harmless)
        return harmless + ends, rest


def _beginning_of_end(text: str) -> str:
    """The longest beginning of the mark that ends a paste with which ``text`` ends."""
    lengths = range(len(_PASTE_ENDS) - 1, 0, -1)
    return next((_PASTE_ENDS[:length] for length in lengths if text.endswith(_PASTE_ENDS[:length])), "")
