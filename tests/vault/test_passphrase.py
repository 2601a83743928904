import re
import subprocess
import sys

import pytest

from cotutor.vault.passphrase import (
    BITS_A_WORD,
    ENOUGH_BITS,
    cautious_bits,
    entropy,
    new_passphrase,
    offer,
    weakness,
    word_list,
)


def test_the_words_are_2048_plain_ones_that_cannot_be_mistaken_for_each_other() -> None:
    words = word_list()
    assert len(set(words)) == len(words) == 2**BITS_A_WORD
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    gaps = {word[:place] + "?" + word[place + 1 :] for word in words for place in range(len(word))}
    assert len(gaps) == sum(map(len, words)), "two words differ by one letter"
    assert not {"bomb", "damn", "kill", "cancer", "rape", "suicide", "tumor", "nude", "slave"} & set(words)


def test_the_offered_passphrase_has_at_least_six_words_and_says_its_strength() -> None:
    assert len(new_passphrase().split()) == len(new_passphrase(2).split()) == 6
    assert len(new_passphrase(8).split()) == 8
    assert set(new_passphrase(12).split()) <= set(word_list())
    assert (entropy(), entropy(7)) == (66, 77)
    assert len({new_passphrase() for _ in range(100)}) == 100


def test_what_is_offered_is_never_refused() -> None:
    refused = [phrase for phrase in (new_passphrase() for _ in range(60)) if weakness(phrase)]
    assert refused == []


@pytest.mark.parametrize(
    "own", ["Krankenhaus1", "Sommer2024!", "!!Krankenhaus2024!!", "Kr4nk3nh4us99!", "Donaudampfschifffahrt7"]
)
def test_one_word_with_decoration_is_refused_in_any_language(own: str) -> None:
    assert "any language" in (weakness(own) or "")


@pytest.mark.parametrize(
    "own",
    [
        "",
        "short",
        "Sommer Winter Herbst 2024",
        "correct horse battery staple",
        "password password password password password password",
        "1234567890123456789012345",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "0000-0000-0000-0000-0000-0000",
        "qwertyuiop asdfghjkl",
        "ward round monday",
    ],
)
def test_weak_passphrases_are_refused_with_advice_that_does_not_repeat_them(own: str) -> None:
    advice = weakness(own)
    assert advice is not None
    assert "words" in advice
    assert not own or own not in advice


@pytest.mark.parametrize(
    "own",
    [
        "Waldi bellt nachts gegen siebzehn Mülltonnen",
        "hF8_kq2-Zt5xQ9w!Vb3",
        "kettle moss anchor tin walrus eleven quarry basil hinge plover dusk ember tramway lupin oxbow sleet",
    ],
)
def test_strong_passphrases_of_ones_own_are_taken_however_long(own: str) -> None:
    assert weakness(own) is None


def test_the_count_is_cautious() -> None:
    assert cautious_bits("one two three four five") >= ENOUGH_BITS
    assert cautious_bits("one two three four") < ENOUGH_BITS
    assert cautious_bits("one ONE One one two") == cautious_bits("one two")


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("", 0),
        ("a", 4.7),
        ("ab", 9.4),
        ("abc", 13),
        ("donaudampfschifffahrt", 13),
        ("ab cd", 18.8),
        ("ab AB ab", 9.4),
        ("7", 3.3),
        ("77", 3.3),
        ("78", 3.3),
        ("87", 3.3),
        ("79", 6.6),
        ("97", 6.6),
        ("1234543", 3.3),
        ("13579", 5 * 3.3),
        ("117", 6.6),
        ("7 7", 3.3),
        ("1987", 3.3),
        ("2024", 3.3),
        ("1850", 4 * 3.3),
        ("19875", 2 * 3.3),
        ("!", 4),
        ("!!", 4),
        ("!?", 8),
        ("a7!", 4.7 + 3.3 + 4),
        ("_", 4),
    ],
)
def test_each_word_number_and_sign_counts_once_and_no_more_than_a_guesser_pays_for_it(
    text: str, bits: float
) -> None:
    assert cautious_bits(text) == pytest.approx(bits)


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("ox emu yak b", "Add words"),
        ("ox emu yak ", "Shorter than 12"),
        ("ox emu yak", "Shorter than 12"),
        ("walrus eleven quarry bramble 7!", "Add words"),
        ("walrus eleven quarry bramble !?", None),
        ("walrus eleven quarry bramble !?;", None),
    ],
)
def test_a_passphrase_of_ones_own_is_taken_from_twelve_characters_and_sixty_bits(
    own: str, why: str | None
) -> None:
    advice = weakness(own)
    assert advice is None if why is None else why in (advice or "")


@pytest.mark.parametrize(("asked", "given"), [(0, 6), (5, 6), (6, 6), (7, 7), (9, 9)])
def test_an_offer_has_as_many_words_as_its_strength_says_and_never_fewer_than_six(
    asked: int, given: int
) -> None:
    made = offer(asked)
    assert (len(made.passphrase.split()), made.bits) == (given, 11 * given)


def test_the_strength_meter_is_loaded_only_where_a_passphrase_is_chosen() -> None:
    code = "import sys, cotutor.conversation.vault.passphrase, cotutor.vault.export_file; print('zxcvbn' in sys.modules, 'pyrage' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
