"""Bytes from a terminal: none of them ends the program, and no paste presses a key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from cotutor.tui.textual_seams.keyboard import MOST_PASTED, Keyboard

BEGINS, ENDS = b"\x1b[200~", b"\x1b[201~"


def heard(*parts: bytes) -> list[Message]:
    """What Textual makes of it, but for the last moment of waiting."""
    keyboard, parser = Keyboard(), XTermParser()
    texts = [keyboard.decode(part) for part in parts]
    return [event for text in texts if text for event in parser.feed(text)]  # "" would mean the end


@pytest.mark.parametrize(
    "data", [b"caf\xe9", b"\xff\xfe", b"\x9b2J", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"]
)
def test_a_byte_that_is_no_text_is_shown_as_such(data: bytes) -> None:
    assert "\ufffd" in Keyboard().decode(data, final=True)


def test_what_is_typed_comes_at_once_and_unchanged() -> None:
    for keys in (b"\x1b", b"\x1b[", b"\x1b[A", b"\x1bOP", b"\x11", b"\x1b[<0;10;10M", "é".encode()):
        assert Keyboard().decode(keys) == keys.decode()


@given(st.binary(max_size=80), st.integers(0, 92), st.integers(0, 92))
def test_a_paste_is_one_event_and_no_key_however_it_is_cut(text: bytes, one: int, two: int) -> None:
    stream = BEGINS + text.replace(ENDS, b"") + b"." + ENDS
    cuts = sorted((one, two))
    what = heard(stream[: cuts[0]], stream[cuts[0] : cuts[1]], stream[cuts[1] :])
    assert [type(event) for event in what] == [events.Paste]


def test_without_it_a_paste_would_press_keys() -> None:
    parser = XTermParser()
    what = [*parser.feed((BEGINS + b"\x1b]0;q" + b"." * 40 + ENDS).decode())]
    assert any(isinstance(event, events.Key) and event.key == "q" for event in what)


def test_keys_after_a_paste_are_keys_again() -> None:
    what = heard(BEGINS + b"a\x1b[200~\x1b[20" + ENDS + b"q" + BEGINS + b"b" + ENDS + b"\x1b[A")
    assert [type(event).__name__ for event in what] == ["Paste", "Key", "Paste", "Key"]
    assert re.search(r"text='a\[200~\[20'", repr(what[0]))


def test_of_an_endless_paste_only_so_much_is_looked_at() -> None:
    keyboard = Keyboard()
    keyboard.decode(BEGINS)
    assert sum(len(keyboard.decode(b"x" * 300_000)) for _ in range(10)) == MOST_PASTED
    assert keyboard.decode(ENDS + b"q") == ENDS.decode() + "q"
