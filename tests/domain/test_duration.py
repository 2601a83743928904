"""Lengths of time, as written and as shown."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain.duration import MINUTE, SECOND, Length, digits, in_words, parse_length, short

DAY = 24 * 60 * MINUTE


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", 90 * SECOND),
        ("1s", 1_000),
        ("20m", 20 * MINUTE),
        ("1h", 60 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("1h0m5s", 60 * MINUTE + 5 * SECOND),
        ("20", 20 * MINUTE),
        (" 20M ", 20 * MINUTE),
        ("24h", DAY),
        ("1440", DAY),
        ("86400s", DAY),
    ],
)
def test_written_lengths(text: str, length: int) -> None:
    assert parse_length(text) == length
    assert isinstance(parse_length(text), Length)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0m",
        "0h0m0s",
        "25h",
        "24h1s",
        "-5m",
        "5 m",
        "1.5h",
        "m",
        "20x",
        "30m1h",
        "٢٠m",
        "1e9",
        "9" * 99,
    ],
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match="a length of time"):
        parse_length(text)


@given(st.integers(1, DAY // SECOND).map(lambda seconds: seconds * SECOND))
def test_the_short_form_reads_back(length: int) -> None:
    assert parse_length(short(length)) == length


@given(st.text())
def test_any_text_is_a_length_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert 0 < parse_length(text) <= DAY


@pytest.mark.parametrize(
    ("length", "face", "words", "written"),
    [
        (0, "0:00", "less than a second", "0s"),
        (999, "0:00", "less than a second", "0s"),
        (SECOND, "0:01", "1 second", "1s"),
        (90 * SECOND, "1:30", "1 minute 30 seconds", "1m30s"),
        (20 * MINUTE - 1, "19:59", "19 minutes 59 seconds", "19m59s"),
        (62 * MINUTE + 3 * SECOND, "1:02:03", "1 hour 2 minutes 3 seconds", "1h2m3s"),
        (120 * MINUTE, "2:00:00", "2 hours", "2h"),
    ],
)
def test_how_a_length_is_shown(length: int, face: str, words: str, written: str) -> None:
    assert (digits(length), in_words(length), short(length)) == (face, words, written)


def test_a_clock_never_shows_less_than_nothing() -> None:
    assert (digits(-5 * SECOND), in_words(-5 * SECOND)) == ("0:00", "less than a second")
