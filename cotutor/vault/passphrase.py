"""Choosing a passphrase: words drawn by chance, or one's own if it can stand up to guessing.

Whoever holds a copy of a vault can guess offline for years, so what counts is how many guesses
a passphrase costs. Strength meters know English; `Krankenhaus1` gets full marks from them. So a
person's own passphrase is counted here first as if every run of letters were a word that the
guesser has, in any language.
"""

import re
import secrets
from functools import cache
from importlib.resources import files

from msgspec import Struct

from cotutor.vault.kdf import normal

WORDS_OFFERED = 6
"""How many words a generated passphrase has, and never fewer: 66 bits."""
BITS_A_WORD = 11
"""The words are 2048, drawn independently."""
ENOUGH_BITS = 60
"""What a person's own passphrase must have by the cautious count."""

_LOOKALIKES = str.maketrans("013457@$€!", "oieastasei")
_RUN = re.compile(r"[^\W\d_]+")
_METER_LIMIT = 72


class Offer(Struct, frozen=True):
    """A passphrase drawn by chance, to be offered before any other."""

    passphrase: str
    bits: int
    """Its strength: each bit more doubles the guesses."""


def offer(words: int = WORDS_OFFERED) -> Offer:
    """A passphrase of so many words drawn by chance, six at the least."""
    count = max(words, WORDS_OFFERED)
    return Offer(new_passphrase(count), entropy(count))


@cache
def word_list() -> tuple[str, ...]:
    """The 2048 words that passphrases are drawn from."""
    text = files("cotutor.vault").joinpath("words.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def new_passphrase(words: int = WORDS_OFFERED) -> str:
    """A passphrase of ``words`` (at least six) words drawn by chance, with spaces between them."""
    count = max(words, WORDS_OFFERED)
    return " ".join(secrets.choice(word_list()) for _ in range(count))


def entropy(words: int = WORDS_OFFERED) -> int:
    """How many bits a generated passphrase of so many words has."""
    return BITS_A_WORD * words


def weakness(passphrase: str) -> str | None:
    """Why a passphrase must not be used, with advice; None if it may be.

    The answer never repeats any of the passphrase.
    """
    text = normal(passphrase).decode()
    if _one_word(text):
        return (
            "One word with digits or signs around it is among the first things tried, in any language."
            " Use five words or more."
        )
    if len(text) < 12:
        return "Shorter than 12 characters. Take the six words offered, or at least five unusual ones of your own."
    if cautious_bits(text) < ENOUGH_BITS:
        return (
            "A guesser who has word lists would need too few guesses. Add words that do not belong together"
            " until there are at least five, or take the six words offered."
        )
    return _meter(text)


def cautious_bits(text: str) -> float:
    """A low estimate of a passphrase's bits: letters in a row count as one word, repeats as nothing."""
    runs = {run.casefold() for run in _RUN.findall(text)}
    bits = 0.0
    for run in runs:
        bits += min(13.0, 4.7 * len(run))
    rest = re.sub(r"(19|20)\d\d", "0", _RUN.sub("", text))
    bits += 3.3 * len(_unrepeated(re.sub(r"\D", "", rest)))
    bits += 4.0 * len(set(re.sub(r"[\d\s]", "", rest)))
    return bits


def _one_word(text: str) -> bool:
    inner = text.strip("0123456789 !?.,;:-_*+#&%/\\()[]{}\"'<>|~^°=@$€")
    return _RUN.fullmatch(inner.translate(_LOOKALIKES)) is not None


def _unrepeated(digits: str) -> str:
    """Digits without those that only repeat, count up or count down from the one before."""
    kept = ""
    for place, digit in enumerate(digits):
        if place == 0 or abs(int(digit) - int(digits[place - 1])) > 1:
            kept += digit
    return kept


def _meter(text: str) -> str | None:
    """The opinion of zxcvbn, used only to refuse; it costs 76 ms to import and reads 72 characters."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  only needed while a passphrase is chosen

    if zxcvbn(text[:_METER_LIMIT])["score"] < 4:
        return "It resembles passphrases that are widely used. Use more words, less often seen together."
    return None
