import hashlib
import random

import pytest

from cotutor.domain.errors import WrongPassphrase
from cotutor.vault.recovery import ALPHABET, new_recovery_key, read_recovery_key, recovery_root


def accepted(code: str) -> bool:
    try:
        read_recovery_key(code)
    except WrongPassphrase:
        return False
    return True


def test_a_key_is_six_groups_of_five_and_never_the_same() -> None:
    keys = {new_recovery_key() for _ in range(200)}
    assert len(keys) == 200
    for key in keys:
        assert [len(group) for group in key.split("-")] == [5] * 6
        assert set(key) <= set(ALPHABET) | {"-"}


def test_what_hands_and_eyes_confuse_is_tolerated() -> None:
    code = "".join(new_recovery_key().split("-"))
    while not {"0", "1"} <= set(code):
        code = "".join(new_recovery_key().split("-"))
    for typed in (code.lower(), code.replace("0", "O"), code.replace("1", "l"), code.replace("1", "I")):
        assert read_recovery_key(typed) == code[:25]
    assert read_recovery_key(f"  {code[:7]} {code[7:]}\n") == code[:25]


def test_no_single_wrong_character_and_no_swap_of_neighbours_passes() -> None:
    chance = random.Random(3)  # noqa: S311  a repeatable choice
    for _ in range(100):
        code = "".join(new_recovery_key().split("-"))
        place = chance.randrange(30)
        wrong = chance.choice([sign for sign in ALPHABET if sign != code[place]])
        assert not accepted(code[:place] + wrong + code[place + 1 :])
        swap = chance.randrange(29)
        swapped = code[:swap] + code[swap + 1] + code[swap] + code[swap + 2 :]
        assert swapped == code or not accepted(swapped)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "0 were typed"),
        ("A" * 29, "29 were typed"),
        ("A" * 31, "31 were typed"),
        ("A" * 300, "200 were typed"),
        ("U" * 30, "no U"),
        ("A" * 30, "add up"),
        ("é" * 30, "no U"),
    ],
)
def test_a_mistyped_key_is_told_how(typed: str, said: str) -> None:
    with pytest.raises(WrongPassphrase, match=said):
        read_recovery_key(typed)


def test_the_root_depends_on_key_and_salt() -> None:
    assert (
        len({recovery_root(code, salt) for code in ("A" * 25, "B" * 25) for salt in (b"1" * 16, b"2" * 16)})
        == 4
    )
    assert len(recovery_root("A" * 25, bytes(16))) == 32


def test_the_last_five_characters_are_twenty_five_bits_of_the_hash_of_the_others() -> None:
    for data in ("A" * 25, "0123456789ABCDEFGHJKMNPQR"):
        digest = hashlib.sha256(b"cotutor recovery key " + data.encode()).digest()
        bits = "".join(f"{byte:08b}" for byte in digest)[:25]
        check = "".join(ALPHABET[int(bits[start : start + 5], 2)] for start in range(0, 25, 5))
        assert read_recovery_key(data + check) == data
        assert not accepted(data + check[:4] + ("0" if check[4] != "0" else "1"))
