"""Text from outside is shown, and does nothing."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotutor.domain.text import clean, nearest, one_line

# The visible signs of the format category, and the two joiners that Persian and emoji need.
ALLOWED_FORMAT = {
    *map(chr, (0x200C, 0x200D, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)),
    *map(chr, range(0x600, 0x606)),
}
AWKWARD = (
    "aé \t\n\r\x1b[m\x9b\u202e\u0301\u0316\u0344\u200d\ud800\U000e0041\u115f한\u1100\u1161\u00a0\u2003👩ส็\x85"
)
TEXTS = st.one_of(st.text(), st.text(st.characters(exclude_categories=[])), st.text(AWKWARD))


def every_character() -> str:
    return "".join(map(chr, range(0x110000)))


@given(text=TEXTS, limit=st.integers(0, 60), lines=st.booleans())
def test_cleaning_twice_changes_nothing(text: str, limit: int, *, lines: bool) -> None:
    once = clean(text, limit=limit, lines=lines)
    assert clean(once, limit=limit, lines=lines) == once


@given(text=TEXTS, limit=st.integers(0, 60), lines=st.booleans())
def test_what_is_left_is_short_harmless_and_can_be_encoded(text: str, limit: int, *, lines: bool) -> None:
    shown = clean(text, limit=limit, lines=lines)
    assert len(shown) <= limit
    assert shown.encode().decode() == shown
    assert unicodedata.is_normalized("NFC", shown)
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in shown.replace("\n", ""))
    assert lines or ("\n" not in shown and shown == shown.strip() and "  " not in shown)


def test_no_control_of_all_of_unicode_survives() -> None:
    shown = clean(every_character(), limit=0x110000, lines=True)
    left = {one for one in shown if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert left == {"\n"} | ALLOWED_FORMAT


@pytest.mark.parametrize(
    "hidden",
    [
        "\u034f",
        "\u115f",
        "\u1160",
        "\u3164",
        "\uffa0",
        "\u180e",
        "\u2062",
        "\U000e0100",
        "\U0010eeee",
        "\ufffe",
    ],
)
def test_what_cannot_be_seen_is_dropped(hidden: str) -> None:
    assert clean(f"a{hidden}b", limit=9) == "ab"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07name", "]0;titlename"),
        ("\x1b[31mred\x9b0m", "[31mred0m"),
        ("a\tb\x0bc\u2028d\r\ne", "a b c d e"),
        ("\u202eevil\u202c", "evil"),
        ("[/nope] [@click=app.quit]x", "[/nope] [@click=app.quit]x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("e\u0301", "é"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_line_breaks_of_every_kind_become_one() -> None:
    assert (
        clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ti", limit=99, lines=True)
        == "a\nb\nc\nd\ne\nf\ng\nh    i"
    )


@pytest.mark.parametrize("pile", ["\u0301" * 50, "\u0301\u0316" * 25, "\u0344" * 25, "็" * 50, "\u20dd" * 50])
def test_accents_do_not_pile_up(pile: str) -> None:
    assert len(clean(f"x{pile}y", limit=99)) <= 1 + 4 + 1


@pytest.mark.parametrize("letter", ["x", "я", "ก"])
@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_each_letter_keeps_four_accents_and_no_more(letter: str, count: int) -> None:
    kept = "\u0316" * min(count, 4)
    given = "\u0316" * count
    assert clean(f"{letter}{given}{letter}{given}", limit=99) == f"{letter}{kept}{letter}{kept}"


def test_what_is_dropped_leaves_room_but_nobody_looks_further_than_four_times_the_limit() -> None:
    assert clean("\x1b" * 15 + "abcdefgh", limit=5) == "abcde"
    assert clean("\x1b" * 16 + "abcdefgh", limit=5) == "abcd"
    assert clean("\x1b" * 20 + "abcdefgh", limit=5) == ""


def test_a_cut_leaves_no_space_at_the_end() -> None:
    assert one_line("abc def", 4) == "abc"


def test_a_line_has_eighty_characters_unless_told_otherwise() -> None:
    assert one_line("x" * 99) == "x" * 80


@settings(deadline=2_000, max_examples=3)
@given(st.integers(80_000, 100_000))
def test_a_huge_paste_of_accents_is_cheap(pairs: int) -> None:
    # Sorting them takes more than ten seconds if they are not cut first.
    assert len(clean("a" + "\u0301\u0316" * pairs, limit=100_000, lines=True)) <= 5


@pytest.mark.parametrize(
    ("word", "near"), [("piar", "pair"), ("PAIR", "pair"), ("zzzz", None), ("pair" * 100, None), ("", None)]
)
def test_the_nearest_spelling(word: str, near: str | None) -> None:
    assert nearest(word, ["pair", "triad"]) == near
