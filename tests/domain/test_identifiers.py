from itertools import pairwise
from re import _parser  # type: ignore[attr-defined]  # the only way to ask a pattern how far it may reach

from hypothesis import given
from hypothesis import strategies as st

from cotutor.domain.identifiers import (
    _COMPILED,
    EXPLANATIONS,
    LIMIT_OF_THE_CHECK,
    IdentifierKind,
    identifiers,
    is_nhs_number,
)

KIND = IdentifierKind
LONGEST_MATCH = 520
"""Characters: the longest e-mail address that is recognised."""
HOSTILE = (
    "0 ",
    "0",
    "a@",
    "a.",
    "Mr ",
    "Mr A. ",
    "MRN",
    "12/",
    "A",
    "1-",
    "0(",
    "unit 1-",
    "x@a-.",
    "9 year ",
    "+0 (",
)
"""Pieces that, repeated, made patterns without bounds go back over the text again and again."""


IDENTIFYING = {
    "NHS no 943 476 5919 please": (KIND.NHS_NUMBER, "943 476 5919"),
    "it was 9434765919.": (KIND.NHS_NUMBER, "9434765919"),
    "it was 943-476-5919": (KIND.NHS_NUMBER, "943-476-5919"),
    "MRN: 123456": (KIND.HOSPITAL_NUMBER, "MRN: 123456"),
    "hospital number A12/34567": (KIND.HOSPITAL_NUMBER, "hospital number A12/34567"),
    "under RXH1234567 since": (KIND.HOSPITAL_NUMBER, "RXH1234567"),
    "on 3/4/2024 we": (KIND.DATE, "3/4/2024"),
    "on 2024-01-05": (KIND.DATE, "2024-01-05"),
    "on 12th of March 2023": (KIND.DATE, "12th of March 2023"),
    "on March 12, 2023": (KIND.DATE, "March 12, 2023"),
    "a 94-year-old man": (KIND.AGE, "94-year-old"),
    "she is 101 years old": (KIND.AGE, "101 years old"),
    "a lady aged 91": (KIND.AGE, "aged 91"),
    "93yo with": (KIND.AGE, "93yo"),
    "from SW1A 1AA": (KIND.POSTCODE, "SW1A 1AA"),
    "from m1 1ae": (KIND.POSTCODE, "m1 1ae"),
    "Mrs Smith said": (KIND.NAME, "Mrs Smith"),
    "with Dr. J. O'Brien": (KIND.NAME, "Dr. J. O'Brien"),
    "Professor Ann Jones-Smyth": (KIND.NAME, "Professor Ann Jones-Smyth"),
    "write a.b+c@example.co.uk": (KIND.EMAIL, "a.b+c@example.co.uk"),
    "ring 07700 900123": (KIND.PHONE, "07700 900123"),
    "ring +44 20 7946 0958": (KIND.PHONE, "+44 20 7946 0958"),
    "ring (020) 7946 0958": (KIND.PHONE, "(020) 7946 0958"),
}
ORDINARY = (
    "943 476 5918",  # the check digit is wrong
    "a 34-year-old and a 9 year old",
    "the doctor said that I may help",
    "in March, in 2024, at 10:30, for 20 minutes",
    "50 mg twice, 120/80, SpO2 94 %, 3.5",
    "What? So what? Now what?",
    "stage II-B, step 3, 1 of 9",
    "we 5 may try again",
    "",
)


def pieces(text: str) -> list[tuple[IdentifierKind, str]]:
    """What was pointed at: what it looks like, and the piece of the text."""
    return [(found.kind, text[found.start : found.end]) for found in identifiers(text)]


def test_what_may_identify_somebody_is_pointed_at_and_explained() -> None:
    assert {text: pieces(text) for text in IDENTIFYING} == {text: [one] for text, one in IDENTIFYING.items()}
    for text, (kind, _piece) in IDENTIFYING.items():
        assert identifiers(text)[0].explanation == EXPLANATIONS[kind]


def test_ordinary_writing_is_left_alone() -> None:
    assert {text: pieces(text) for text in ORDINARY} == {key: [] for key in ORDINARY}


def test_a_telephone_number_has_nine_to_fifteen_digits() -> None:
    digits = {count: "0" + "1" * 4 + " " + "2" * (count - 5) for count in range(6, 12)}
    digits |= {count: "+44 1111 2222 3333 " + "4" * (count - 14) for count in range(15, 19)}
    taken = [count for count, text in digits.items() if (KIND.PHONE, text) in pieces(text)]
    assert taken == [9, 10, 11, 15]
    assert pieces("bay 01 23, ring 07700 900123") == [(KIND.PHONE, "07700 900123")]


def test_the_check_digit_of_an_nhs_number_is_modulo_eleven() -> None:
    assert is_nhs_number("9434765919")
    for nine, check in (("943476591", 9), ("450557710", 4), ("401023213", 7)):
        assert [digit for digit in range(10) if is_nhs_number(f"{nine}{digit}")] == [check]
    assert not is_nhs_number("943476591")
    assert not is_nhs_number("0000000000")
    assert not is_nhs_number("٩٤٣٤٧٦٥٩١٩")
    assert sum(is_nhs_number(f"{n:09d}{d}") for n in range(123456000, 123456110) for d in range(10)) == 100


def test_identifiers_are_in_order_and_never_overlap() -> None:
    text = "Mrs Smith (94-year-old, 943 476 5919) of SW1A 1AA, seen 3/4/2024 by Dr Jones, jones@nhs.net"
    found = identifiers(text)
    assert [one.kind for one in found] == [
        KIND.NAME, KIND.AGE, KIND.NHS_NUMBER, KIND.POSTCODE, KIND.DATE, KIND.NAME, KIND.EMAIL,
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_of_two_that_overlap_the_one_that_begins_first_is_reported() -> None:
    assert pieces("MRN: 12345678") == [(KIND.HOSPITAL_NUMBER, "MRN: 12345678")]
    assert pieces("ring 01632 960 000 1") == [(KIND.PHONE, "01632 960 000 1")]
    assert pieces("Dr Smith.Jones@nhs.net") == [(KIND.NAME, "Dr Smith")]
    assert pieces("Dr Smith+44 7700 900123") == [(KIND.NAME, "Dr Smith"), (KIND.PHONE, "+44 7700 900123")]
    assert pieces("Mrs Ho, MRN: 12345678") == [(KIND.NAME, "Mrs Ho"), (KIND.HOSPITAL_NUMBER, "MRN: 12345678")]


def test_nothing_that_is_said_claims_that_a_text_is_anonymous() -> None:
    line = " ".join([*EXPLANATIONS.values(), LIMIT_OF_THE_CHECK]).casefold()
    assert "anonym" not in line
    assert "not all" in line
    assert not any("\n" in text for text in EXPLANATIONS.values())


def test_no_pattern_can_look_further_than_a_line_from_where_it_began() -> None:
    # With a bound on every repetition, the time taken grows with the text and no faster.
    for kind, pattern in _COMPILED:
        _shortest, longest = _parser.parse(pattern.pattern, pattern.flags).getwidth()
        assert longest <= LONGEST_MATCH, kind


def test_hostile_texts_are_taken_to_their_end() -> None:
    for piece in HOSTILE:
        text = piece * (24_000 // len(piece))
        found = identifiers(text)
        assert all(a.end <= b.start for a, b in pairwise(found)), piece


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    for found in identifiers(text):
        assert 0 <= found.start < found.end <= len(text)
