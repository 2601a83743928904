"""A check for what might show a reader which person a text is about.

It points, and explains in a line; whoever writes decides. It finds shapes, not meanings: a rare
illness or a well-known accident can name somebody without any of these. So a text in which
nothing was found is not thereby anonymous, and nothing here says that it is.

Every pattern is bounded, so that the time taken grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct


class IdentifierKind(StrEnum):
    """What a piece of text looks like."""

    NHS_NUMBER = "NHS number"
    HOSPITAL_NUMBER = "hospital number"
    DATE = "full date"
    AGE = "exact age"
    POSTCODE = "postcode"
    NAME = "name with a title"
    EMAIL = "e-mail address"
    PHONE = "telephone number"


EXPLANATIONS: Final = {
    IdentifierKind.NHS_NUMBER: "Ten digits whose check digit is right: an NHS number belongs to one person.",
    IdentifierKind.HOSPITAL_NUMBER: "This has the shape of a hospital or record number.",
    IdentifierKind.DATE: "A full date can single out an admission or a birth. A month or a season usually does.",
    IdentifierKind.AGE: "Few people are older than 89. “Over 89” is enough.",
    IdentifierKind.POSTCODE: "A postcode stands for about fifteen households.",
    IdentifierKind.NAME: "A title with a name. An alias or a role will do.",
    IdentifierKind.EMAIL: "An e-mail address leads to one person.",
    IdentifierKind.PHONE: "A telephone number leads to one person.",
}
"""One line for each kind: why it was pointed at, and often what to write instead."""

LIMIT_OF_THE_CHECK: Final = (
    "This finds some identifiers, not all: a rare condition or a known event can name a person too."
)
"""Shown wherever the outcome is shown, above all when nothing was found."""


class Identifier(Struct, frozen=True):
    """A piece of a text that might identify somebody."""

    start: int
    end: int
    kind: IdentifierKind

    @property
    def explanation(self) -> str:
        """Why it was pointed at, in one line."""
        return EXPLANATIONS[self.kind]


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May)|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NAME = r"[A-Z][a-z'’A-Z-]{1,30}"

_PATTERNS: Final = (
    (IdentifierKind.EMAIL, r"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}", 0),
    (
        IdentifierKind.DATE,
        (
            rf"(?<![\d/.-])(?:{_DAY}[/.-](?:0?[1-9]|1[0-2])[/.-](?:\d{{4}}|\d{{2}})"
            rf"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\d/-])"
        ),
        0,
    ),
    (
        IdentifierKind.DATE,
        (
            rf"\b{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?,?(?: (?:\d{{4}}|['’]\d{{2}}))?"
            rf"|\b{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
        ),
        re.IGNORECASE,
    ),
    (
        IdentifierKind.AGE,
        (
            r"\b(?:9\d|1[01]\d|120)(?:[ -]?(?:years?|yrs?)[ -](?:old|of age)\b|[ -]?y/?o\b)"
            r"|\b(?:aged?|age of) (?:9\d|1[01]\d|120)\b"
        ),
        re.IGNORECASE,
    ),
    (
        IdentifierKind.POSTCODE,
        (
            r"\b(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))"
            r" ?\d[ABD-HJLNP-UW-Z]{2})\b"
        ),
        re.IGNORECASE,
    ),
    (
        IdentifierKind.NAME,
        (
            r"\b(?:[Mm]rs?|[Mm]iss|[Mm]s|[Mm]x|[Dd]r|[Pp]rof(?:essor)?|[Ss]ir|[Dd]ame|[Ll]ord|[Ll]ady|[Ss]ister|[Nn]urse"
            rf"|[Rr]ev|[Mm]aster|[Cc]onsultant)\b\.? (?:[A-Z]\.? ){{0,3}}{_NAME}(?: {_NAME})?"
        ),
        0,
    ),
    (
        IdentifierKind.HOSPITAL_NUMBER,
        (
            r"\b(?:MRN|hosp(?:ital)?|unit|record|patient|case|CHI|PAS|NHS)[ .:]{0,2}(?:no|num(?:ber)?|id)?[ .:#]{0,3}"
            r"(?=[A-Z0-9/-]{0,12}\d{4})[A-Z]{0,3}[0-9][0-9/-]{3,12}[A-Z]?\b"
        ),
        re.IGNORECASE,
    ),
    (IdentifierKind.HOSPITAL_NUMBER, r"\b(?:[A-Z]{1,3}\d{5,9}[A-Z]?|\d{6,9}[A-Z]|\d{7,8})\b", 0),
    (
        IdentifierKind.PHONE,
        r"(?<![\d+])(?:\+\d{1,3}|00\d{2}|\(?0\d{1,5}\)?)(?:[ -]?\(?\d{1,6}\)?){1,5}(?!\d)",
        0,
    ),
)
_COMPILED: Final = tuple((kind, re.compile(pattern, flags)) for kind, pattern, flags in _PATTERNS)
_TEN_DIGITS: Final = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_PHONE_DIGITS: Final = range(9, 16)


def identifiers(text: str) -> list[Identifier]:
    """The pieces of a text that might identify somebody, in order, none inside another."""
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    kept: list[Identifier] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit that an NHS number would have.

    Modulus 11 ("NHS Number", NHS Data Dictionary): the first nine digits weigh ten down to two.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _all(text: str) -> Iterator[Identifier]:
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match[0])):
            yield Identifier(match.start(), match.end(), IdentifierKind.NHS_NUMBER)
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if kind is IdentifierKind.PHONE and sum(map(str.isdigit, match[0])) not in _PHONE_DIGITS:
                continue
            yield Identifier(match.start(), match.end(), kind)
