import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotutor.domain.errors import CotutorError, NewerVersion, WrongPassphrase
from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating, StepState, cleaned
from cotutor.vault import age
from cotutor.vault.export import FORMATS, Selection, rendered
from cotutor.vault.keys import prepare
from cotutor.vault.opening import create
from cotutor.vault.transfer import IMPORT_LIMIT, Contents, Merged, from_json, to_json
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP
from tests.vault.cheap_age import cheaply_encrypted
from tests.vault.conftest import NOW
from tests.vault.moments import at

HELD = Contents(
    "cotutor export",
    1,
    reflections=(
        Reflection(
            "1" * 16,
            date(2026, 1, 1),
            private="MINE *alone*",
            shareable="=1+1 <b>learned</b> | _x_",
            length=5_400_000,
            tags=("a",),
        ),
        Reflection("2" * 16, date(2026, 2, 1), private="MINE again"),
        Reflection(
            "3" * 16, date(2026, 3, 1), shareable='line\nbreak, "quoted"', length=1_800_000, alias="Pat"
        ),
    ),
    steps=(
        NextStep("4" * 16, "ask <more>", due=date(2026, 5, 1)),
        NextStep("5" * 16, "rest", state=StepState.DONE),
    ),
    encounters=(Encounter("6" * 16, date(2026, 1, 1), 2_700_000),),
    ratings=(SelfRating("7" * 16, date(2026, 1, 1), "silence", 3, 5),),
)


def another(tmp_path: Path) -> Vault:
    shutil.rmtree(tmp_path / "another", ignore_errors=True)
    return create(tmp_path / "another", prepare("x", CHEAP), NOW)


def test_an_export_comes_back_to_the_same_bytes_through_another_vault(vault: Vault, tmp_path: Path) -> None:
    assert vault.bring_in(HELD, at(1)) == Merged(added=7)
    first = to_json(vault.contents())
    other = another(tmp_path)
    other.bring_in(from_json(first), at(2))
    assert to_json(other.contents()) == first
    assert from_json(first) == HELD
    other.close()


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            Reflection,
            uid=st.integers(0, 2**64 - 1).map("{:016x}".format),
            day=st.dates(),
            private=texts,
            shareable=texts,
            alias=st.text(max_size=20),
            created=st.integers(0, 10**12),
            changed=st.integers(0, 10**12),
            expires=st.none() | st.dates(),
        ),
        unique_by=lambda one: one.uid,
        max_size=5,
    )
)
def test_anything_that_can_be_written_round_trips(tmp_path: Path, written: list[Reflection]) -> None:
    one = another(tmp_path)
    for reflection in written:
        one.reflections.save(cleaned(reflection), at(1))
    first = to_json(one.contents())
    one.close()
    two = another(tmp_path)
    two.bring_in(from_json(first), at(2))
    assert to_json(two.contents()) == first
    two.close()


def test_importing_twice_adds_nothing_and_the_later_change_wins(vault: Vault) -> None:
    vault.bring_in(HELD, at(1))
    assert vault.bring_in(HELD, at(2)) == Merged(unchanged=7)
    newer = Contents(
        "cotutor export",
        1,
        reflections=(Reflection("1" * 16, date(2026, 1, 9), private="newer", changed=50),),
    )
    older = Contents(
        "cotutor export",
        1,
        reflections=(Reflection("1" * 16, date(2026, 1, 9), private="older", changed=49),),
    )
    assert vault.bring_in(newer, at(3)) == Merged(updated=1)
    assert vault.bring_in(older, at(4)) == Merged(unchanged=1)
    kept = vault.reflections.get("1" * 16)
    assert kept is not None
    assert (kept.private, kept.tags) == ("newer", ())


def test_what_comes_in_is_cleaned(vault: Vault) -> None:
    raw = to_json(HELD).replace(b"MINE again", b"\\u001b[2Jred \\u202eevil")
    vault.bring_in(from_json(raw), at(1))
    kept = vault.reflections.get("2" * 16)
    assert kept is not None
    assert kept.private == "[2Jred evil"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "its beginning"),
        (b'{"format": "other", "version": 1}', "not an export of cotutor"),
        (to_json(HELD).replace(b'"open"', b'"SECRET"'), r"\$\.steps"),
        (to_json(HELD).replace(b'"2026-02-01"', b'"SECRET"'), r"\$\.reflections"),
        (to_json(HELD).replace(b'"alias"', b'"SECRET"'), r"\$\.reflections"),
        (b" " * (IMPORT_LIMIT + 1), "32 MB"),
    ],
    ids=["empty", "nested", "other", "enum", "date", "field", "large"],
)
def test_a_file_that_is_no_export_is_told_by_its_place_and_never_by_its_content(
    raw: bytes, said: str
) -> None:
    with pytest.raises(CotutorError, match=said) as told:
        from_json(raw)
    assert "SECRET" not in told.value.message


def test_an_export_of_a_newer_version_is_refused() -> None:
    with pytest.raises(NewerVersion):
        from_json(b'{"format": "cotutor export", "version": 2, "anything": 1}')


def test_an_import_that_fails_imports_nothing(vault: Vault) -> None:
    vault.bring_in(HELD, at(1))
    pages = vault._store.connection.execute("PRAGMA page_count").fetchone()[0]
    vault._store.connection.execute(f"PRAGMA max_page_count={pages}")
    many = tuple(Reflection(f"{n:016x}", date(2026, 1, 1), private="x" * 5000) for n in range(100))
    before = to_json(vault.contents())
    with pytest.raises(CotutorError, match="full"):
        vault.bring_in(Contents("cotutor export", 1, reflections=many), at(2))
    assert to_json(vault.contents()) == before


@pytest.mark.parametrize("form", [one.name for one in FORMATS.values() if not one.whole])
def test_what_is_private_stays_out_unless_it_is_asked_for(form: str) -> None:
    assert b"MINE" not in rendered(HELD, Selection(form))
    assert rendered(HELD, Selection(form, private=True)).count(b"MINE") == 2
    assert b"Pat" not in rendered(HELD, Selection(form))


def test_markdown_says_what_was_learned_and_what_is_next() -> None:
    assert rendered(HELD, Selection("markdown")).decode() == (
        "# Reflections\n\n"
        "## 2026-01-01 (1.50 h) #a\n\n"
        "**Could be seen by others**\n\n"
        "=1+1 \\<b\\>learned\\</b\\> \\| \\_x\\_\n\n"
        "## 2026-03-01 (0.50 h)\n\n"
        "**Could be seen by others**\n\n"
        'line\nbreak, "quoted"\n\n'
        "## Next steps\n\n"
        "- [ ] ask \\<more\\> (by 2026-05-01)\n"
        "- [x] rest\n"
    )


def test_csv_is_read_back_by_any_spreadsheet_and_runs_nothing() -> None:
    rows = list(csv.reader(io.StringIO(rendered(HELD, Selection("csv")).decode(), newline="")))
    assert rows == [
        ["date", "template", "tags", "hours", "Could be seen by others"],
        ["2026-01-01", "what", "a", "1.50", "'=1+1 <b>learned</b> | _x_"],
        ["2026-03-01", "what", "", "0.50", 'line\nbreak, "quoted"'],
    ]


def test_the_page_adds_up_hours_and_runs_nothing() -> None:
    page = rendered(HELD, Selection("html")).decode()
    assert "2 reflections, 2026-01-01 to 2026-03-01. CPD hours: 2.00." in page
    assert "&lt;b&gt;learned&lt;/b&gt;" in page
    assert "<li>ask &lt;more&gt; (by 2026-05-01): open</li>" in page
    assert "default-src 'none'" in page
    assert page.count("<h3>Learning</h3>") == 2
    assert page.count("<section>") == page.count("</section>") == 3
    assert "Only me" not in page
    whole = rendered(HELD, Selection("html", private=True)).decode()
    assert [
        whole.count(f"<h3>{title}</h3>") for title in ("Learning", "Only me", "Could be seen by others")
    ] == [2, 2, 0]
    assert "http" not in page.replace("http-equiv", "")
    assert "Next steps" not in rendered(HELD, Selection("html", steps=False)).decode()


def test_days_bound_an_export() -> None:
    page = rendered(HELD, Selection("csv", since=date(2026, 2, 1), until=date(2026, 3, 1))).decode()
    assert [line[:10] for line in page.splitlines()[1:] if line.startswith("2026")] == ["2026-03-01"]
    nothing = rendered(HELD, Selection("html", since=date(2030, 1, 1))).decode()
    assert "Nothing has been written" in nothing


def test_what_is_in_the_age_format_opens_with_its_passphrase_only() -> None:
    data = to_json(HELD)
    sealed = cheaply_encrypted(data, "walrus eleven quarry")
    assert age.is_age(sealed)
    assert not age.is_age(data)
    assert age.decrypted(sealed, "walrus eleven quarry") == data
    for file, passphrase in ((sealed, "something else"), (sealed[:-1], "walrus eleven quarry"), (data, "")):
        with pytest.raises(WrongPassphrase):
            age.decrypted(file, passphrase)


def test_without_a_passphrase_nothing_is_encrypted() -> None:
    with pytest.raises(CotutorError, match="needs a passphrase"):
        age.encrypted(to_json(HELD), "")
