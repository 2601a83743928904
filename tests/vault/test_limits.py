"""How much a vault's files may hold, ask for and be asked for: at each limit, and one beyond it."""

from datetime import date, timedelta

import pytest
from msgspec import ValidationError, convert, to_builtins
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError, Damaged
from cotutor.domain.reflection import TEXT_LIMIT, Reflection
from cotutor.vault import decrypt, kdf, keyfile, search, transfer
from cotutor.vault.kdf import Cost, refuse_outside_limits
from cotutor.vault.keyfile import KeyFile, NewPassphrase, Slot
from cotutor.vault.search import Wanted, match_expression
from cotutor.vault.transfer import Contents, from_json
from cotutor.vault.vault import Vault
from tests.limits import limits_of, read_loosely
from tests.vault.cheap import CHEAP
from tests.vault.moments import at

DAY = 24 * 60 * 60_000
LEAST, MOST, WORK = Cost(19_456, 2, 1), Cost(2_097_152, 32, 16), 8_388_608


def test_a_misspelt_key_is_never_passed_over_in_a_key_file_or_an_export() -> None:
    assert read_loosely((Contents, KeyFile)) == []


def test_an_export_may_hold_a_hundred_thousand_of_each_and_32_mebibytes() -> None:
    found = limits_of(transfer)
    kinds = ("reflections", "steps", "encounters", "ratings")
    assert {name: limit.ends for name, limit in found.items() if name.startswith("Contents.")} == {
        f"Contents.{kind}": (None, 100_000) for kind in kinds
    }
    with pytest.raises(CotutorError, match="not JSON"):
        from_json(b" " * 2**25)
    with pytest.raises(CotutorError, match="larger than 32 MB"):
        from_json(b" " * (2**25 + 1))


def test_each_part_of_a_key_file_has_its_number_of_hexadecimal_digits() -> None:
    made = keyfile.new_key_file(bytes(32), NewPassphrase(bytes(32), bytes(16), CHEAP), f"vault-{'0' * 16}.db")
    parts: list[tuple[object, str, int]] = [
        (made, "vault", 32),
        (made.passphrase, "salt", 32),
        (made.passphrase, "fresh", 64),
        (made.passphrase, "sealed", 160),
        (made.passphrase, "kept", 96),
    ]
    for whole, field, count in parts:
        fields = to_builtins(whole)
        assert len(fields[field]) == count
        kind = KeyFile if whole is made else Slot
        assert convert(fields, kind) == whole
        for wrong in ("0" * (count - 1), "0" * (count + 1), "g" * count):
            with pytest.raises(ValidationError):
                convert(fields | {field: wrong}, kind)


def test_a_cost_is_taken_at_each_limit_and_refused_one_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", LEAST)
    for within in (
        LEAST,
        replace(LEAST, memory=MOST.memory),
        replace(LEAST, passes=MOST.passes),
        replace(LEAST, lanes=MOST.lanes),
        Cost(WORK // 32, 32, 1),
        Cost(MOST.memory, WORK // MOST.memory, MOST.lanes),
    ):
        refuse_outside_limits(within)
    for beyond in (
        *(replace(LEAST, **{name: getattr(LEAST, name) - 1}) for name in Cost.__struct_fields__),
        *(replace(LEAST, **{name: getattr(MOST, name) + 1}) for name in Cost.__struct_fields__),
        Cost(WORK // 32 + 1, 32, 1),
    ):
        with pytest.raises(Damaged):
            refuse_outside_limits(beyond)


def test_the_decrypter_that_stands_alone_takes_whatever_cost_cotutor_takes() -> None:
    assert (MOST.memory, WORK) == (decrypt.MOST_MEMORY, decrypt.MOST_WORK)
    for memory, passes in (
        (MOST.memory + 1, 1),
        (MOST.memory, WORK // MOST.memory + 1),
        (WORK // 32 + 1, 32),
    ):
        cost = {"memory": memory, "passes": passes, "lanes": 1}
        with pytest.raises(SystemExit, match="more memory or time than cotutor ever does"):
            decrypt.passphrase_root("six words", {"salt": "00" * 16, "cost": cost})


def test_no_lane_has_less_than_eight_kibibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    refuse_outside_limits(Cost(memory=16, passes=1, lanes=2))
    with pytest.raises(Damaged):
        refuse_outside_limits(Cost(memory=15, passes=1, lanes=2))


def test_both_boxes_hold_a_hundred_thousand_characters_and_not_one_more(vault: Vault) -> None:
    full = Reflection("1" * 16, date(2026, 1, 1), private="x" * 100_000, shareable="y" * 100_000)
    assert vault.reflections.save(full, at(1)).shareable == full.shareable
    assert len(full.private) == TEXT_LIMIT
    for box in ("private", "shareable"):
        over = replace(full, **{box: "z" * 100_001})
        for keep in (vault.reflections.save, vault.reflections.save_draft):
            with pytest.raises(CotutorError, match="more than 100,000 characters"):
                keep(over, at(2))


def test_a_search_takes_twelve_words_and_four_hundred_characters() -> None:
    words = [f"w{number}" for number in range(13)]
    assert match_expression(" ".join(words)).split() == [f'"{word}"*' for word in words[:12]]
    assert match_expression("x" * 401) == f'"{"x" * 400}"*'


def test_a_list_holds_fifty_and_the_first_160_characters_of_each(vault: Vault) -> None:
    day = date(2026, 1, 1)
    many = (Reflection(f"{number:016x}", day, private="p" * 161, shareable="s" * 161) for number in range(51))
    vault.bring_in(Contents("cotutor export", 1, reflections=tuple(many)), at(1))
    found = vault.reflections.search(Wanted())
    assert [int(one.uid, 16) for one in found] == list(range(50, 0, -1))
    assert (found[0].private, found[0].shareable) == ("p" * 160, "s" * 160)
    assert search.search(vault._store.connection, Wanted()) == found


def test_a_days_reflections_stay_on_their_side_of_midnight(vault: Vault) -> None:
    first = date(2026, 1, 1)
    for number in (3, 1, 2, 0):
        vault.reflections.save(Reflection(f"{number:016x}", first + timedelta(days=number // 2)), at(1))
    by_day = [vault.reflections.search(Wanted(since=day, until=day)) for day in (first, first + timedelta(1))]
    assert [[int(one.uid, 16) for one in found] for found in by_day] == [[0, 1], [2, 3]]


@pytest.mark.parametrize(("length", "kept"), [(-1, 0), (0, 0), (1, 1), (DAY, DAY), (DAY + 1, DAY)])
def test_a_meeting_lasts_from_nothing_to_a_day(vault: Vault, length: int, kept: int) -> None:
    assert vault.encounters.add(length, at(1)).length == kept
