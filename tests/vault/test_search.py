from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotutor.domain.reflection import Reflection
from cotutor.vault.search import Wanted, match_expression
from cotutor.vault.vault import Vault
from tests.vault.moments import at

FIRST = date(2026, 1, 1)
TEXTS = (
    ("Supervision went well", "Learned about silence", ("night",)),
    ("The café, and how naïve I was", "", ("listening", "night")),
    ("Nothing to share", "paraphrase more; advise less", ()),
    ('He said "be still" and NEAR the door', "column: value -minus * star", ("listening",)),
)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in (2, 0, 3, 1):
        private, shareable, tags = TEXTS[number]
        vault.reflections.save(
            Reflection(
                uid=f"{number:016x}",
                day=FIRST + timedelta(days=number),
                private=private,
                shareable=shareable,
                tags=tags,
                alias="B" if number % 2 else "A",
                template="what" if number else "free",
            ),
            at(number),
        )
    return vault


def found(vault: Vault, **wanted: object) -> list[int]:
    return [int(one.uid, 16) for one in vault.reflections.search(Wanted(**wanted))]  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [3, 2, 1, 0]),
        ("   ", [3, 2, 1, 0]),
        ("superv", [0]),
        ("SUPERV wel", [0]),
        ("cafe naive", [1]),
        ("s", [3, 2, 0]),
        ("paraphrase silence", []),
        ('"be still"', [3]),
        ('"still be"', []),
        ("listening", [3, 1]),
        ("-minus", [3]),
        ("column:", [3]),
        ("NEAR", [3]),
        ("***", []),
        ('"', []),
    ],
)
def test_what_is_typed_finds_words_that_begin_with_it_newest_first(
    filled: Vault, text: str, expected: list[int]
) -> None:
    assert found(filled, text=text) == expected


def test_filters_narrow_each_other(filled: Vault) -> None:
    assert found(filled, tag="night") == [1, 0]
    assert found(filled, tag="night", text="cafe") == [1]
    assert found(filled, alias="A") == [2, 0]
    assert found(filled, template="free") == [0]
    assert found(filled, since=FIRST + timedelta(days=2)) == [3, 2]
    assert found(filled, until=FIRST + timedelta(days=1)) == [1, 0]
    assert found(filled, since=FIRST, until=FIRST, text="superv", tag="night", alias="A") == [0]


def test_pages_follow_each_other(filled: Vault) -> None:
    pages = [filled.reflections.search(Wanted(), limit=3, offset=start) for start in (0, 3)]
    assert [int(one.uid, 16) for page in pages for one in page] == [3, 2, 1, 0]


def test_a_new_day_moves_a_reflection_and_its_words_go_with_it(filled: Vault) -> None:
    moved = Reflection(uid=f"{0:016x}", day=FIRST + timedelta(days=9), private="elsewhere", tags=("night",))
    filled.reflections.save(moved, at(9))
    assert found(filled) == [0, 3, 2, 1]
    assert found(filled, text="superv") == []
    assert found(filled, text="elsewh", tag="night") == [0]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet='"*:^(){}-+ ANDORNEAR\0', max_size=60))
def test_nothing_that_is_typed_is_a_query_language(filled: Vault, text: str) -> None:
    filled.reflections.search(Wanted(text=text.encode("utf-8", "ignore").decode()))
    assert match_expression(text).count('"') % 2 == 0
