import os
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from msgspec.structs import replace

from cotutor.domain.errors import CotutorError, DiskFull, WrongPassphrase
from cotutor.domain.identifiers import IdentifierKind
from cotutor.domain.reflection import TEXT_LIMIT, Part, Reflection, Setting, StepState
from cotutor.services import custody, portfolio, upkeep
from cotutor.services.notebook import Notebook
from cotutor.vault import kdf
from cotutor.vault.backup import Backup
from cotutor.vault.export import Form, Selection
from cotutor.vault.search import Wanted
from tests.vault.cheap import CHEAP
from tests.vault.cheap_age import cheaply_encrypted

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    made = custody.create(tmp_path / "vault", custody.prepare(PASSPHRASE, CHEAP), NOW)
    yield made
    made.close()


def reopened(notebook: Notebook, now: datetime = NOW) -> Notebook:
    notebook.close()
    return custody.unlock(custody.prove(notebook.vault.folder, PASSPHRASE), now)


def test_a_reflection_is_written_found_and_there_after_unlocking(notebook: Notebook) -> None:
    begun = notebook.begin(NOW)
    assert begun.private.startswith("What?")
    assert notebook.standing().reflections == 0
    kept = notebook.save(replace(begun, private="I listened\x1b[2J well", tags=("Night", "night")), NOW)
    assert kept.private == "I listened[2J well"
    assert kept.tags == ("night",)
    again = reopened(notebook)
    assert again.reflection(kept.uid) == kept
    assert [one.uid for one in again.search(Wanted(text="listen", tag="#Night"))] == [kept.uid]
    standing = again.standing()
    assert (standing.reflections, standing.last_saved, standing.damage) == (1, NOW, None)
    assert not standing.read_only
    assert standing.key_file_whole
    again.close()


def test_a_draft_survives_a_lock_and_a_restart(notebook: Notebook) -> None:
    begun = replace(notebook.begin(NOW), private="half a sen")
    notebook.save_draft(begun, NOW)
    again = reopened(notebook)
    assert [one.private for one in again.drafts()] == ["half a sen"]
    assert again.standing().drafts == 1
    again.save(begun, NOW)
    assert again.drafts() == []
    again.close()


def test_too_long_a_text_is_refused_whole_and_not_cut(notebook: Notebook) -> None:
    with pytest.raises(CotutorError, match=r"Only me.*100,000"):
        notebook.save(replace(notebook.begin(NOW), private="x" * (TEXT_LIMIT + 1)), NOW)
    assert notebook.standing().reflections == 0


def test_history_is_off_until_it_is_wanted_and_gone_when_it_is_not(notebook: Notebook) -> None:
    first = notebook.save(replace(notebook.begin(NOW), private="first"), NOW)
    notebook.save(replace(first, private="second"), NOW)
    assert notebook.history(first.uid) == []
    notebook.keep_history(NOW, wanted=True)
    notebook.save(replace(first, private="third"), NOW)
    assert [one.private for one in notebook.history(first.uid)] == ["second"]
    notebook.keep_history(NOW, wanted=False)
    assert notebook.history(first.uid) == []


def test_next_steps_come_due_and_are_settled(notebook: Notebook) -> None:
    step = notebook.add_step("ask for feedback", NOW, due=TODAY)
    notebook.add_step("some day", NOW)
    assert notebook.due_steps(TODAY - timedelta(days=1)) == []
    assert notebook.due_steps(TODAY) == [step]
    settled = notebook.settle_step(step.uid, StepState.DONE, NOW)
    assert settled is not None
    assert settled.state is StepState.DONE
    assert [one.text for one in notebook.steps(open_only=True)] == ["some day"]
    assert notebook.settle_step("0" * 16, StepState.DONE, NOW) is None
    with pytest.raises(CotutorError, match="text is empty"):
        notebook.add_step("  \n ", NOW)


def test_the_log_holds_no_content_and_is_erased_alone(notebook: Notebook) -> None:
    met = notebook.log_encounter(2_700_000, NOW, setting=Setting.REMOTE, role=Part.MENTOR, plan="pair")
    assert notebook.encounters() == [met]
    assert set(met.__struct_fields__) == {"uid", "day", "length", "setting", "role", "plan"}
    rating = notebook.rate(notebook.new_rating("silence", NOW, before=3), NOW)
    notebook.rate(replace(rating, after=6), NOW)
    notebook.erase_encounters(NOW)
    assert notebook.encounters() == []
    assert [(one.before, one.after) for one in notebook.ratings()] == [(3, 6)]
    with pytest.raises(CotutorError, match="before"):
        notebook.rate(replace(rating, before=11), NOW)


def test_forgetting_takes_the_backups_with_it(notebook: Notebook, tmp_path: Path) -> None:
    gone = notebook.save(replace(notebook.begin(NOW), private="to forget"), NOW)
    stays = notebook.save(replace(notebook.begin(NOW), private="to keep"), NOW)
    old = upkeep.back_up(notebook, NOW)
    elsewhere = upkeep.back_up(notebook, NOW, tmp_path / "stick")
    later = NOW + timedelta(minutes=1)
    upkeep.forget(notebook, [gone.uid], later)
    (left,) = custody.list_backups(notebook.vault.folder)
    assert left.folder != old.folder
    assert custody.drill(left.folder, PASSPHRASE).reflections == 1
    assert custody.drill(elsewhere.folder, PASSPHRASE).reflections == 2
    assert notebook.reflection(stays.uid) is not None
    upkeep.forget(notebook, None, later)
    assert custody.list_backups(notebook.vault.folder) == []


def test_a_note_erases_itself_on_its_day(notebook: Notebook) -> None:
    notebook.save(replace(notebook.begin(NOW), private="brief", expires=TODAY + timedelta(days=3)), NOW)
    notebook.save(replace(notebook.begin(NOW), private="lasting"), NOW)
    again = reopened(notebook, NOW + timedelta(days=2))
    assert (again.erased, again.standing().reflections) == (0, 2)
    again = reopened(again, NOW + timedelta(days=3))
    assert (again.erased, again.standing().reflections) == (1, 1)
    again.close()


def test_a_full_disk_postpones_erasing_and_shuts_nobody_out(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.save(replace(notebook.begin(NOW), private="brief", expires=TODAY), NOW)

    def no_room(*_: object, **__: object) -> Backup:
        raise DiskFull("full")

    monkeypatch.setattr("cotutor.vault.vault.next_generation", no_room)
    again = reopened(notebook)
    assert (again.erased, again.standing().reflections) == (0, 1)
    again.close()


def test_a_passphrase_is_changed_rehearsed_and_proved(notebook: Notebook) -> None:
    for days, due in ((0, False), (2, False), (3, True), (13, True)):
        assert upkeep.rehearsal_due(notebook, TODAY + timedelta(days=days)) is due
    upkeep.rehearsed(notebook, TODAY + timedelta(days=13))
    assert not upkeep.rehearsal_due(notebook, TODAY + timedelta(days=13))
    assert upkeep.rehearsal_due(notebook, TODAY + timedelta(days=14))
    upkeep.rehearsed(notebook, TODAY + timedelta(days=99))
    assert not upkeep.rehearsal_due(notebook, TODAY + timedelta(days=999))
    later = NOW + timedelta(days=100)
    custody.change_passphrase(notebook, custody.prepare(custody.offer().passphrase, CHEAP), later)
    assert upkeep.rehearsal_due(notebook, later.date() + timedelta(days=3))
    with pytest.raises(WrongPassphrase):
        custody.prove(notebook.vault.folder, PASSPHRASE)


def test_a_weak_passphrase_is_refused_with_advice() -> None:
    with pytest.raises(CotutorError, match="any language"):
        custody.prepare("Krankenhaus1", CHEAP)
    assert custody.advice("Sommer2024!") is not None
    assert custody.advice(custody.offer().passphrase) is None
    assert custody.offer(7).bits == 77


def test_a_recovery_key_opens_a_vault_whose_passphrase_is_forgotten(notebook: Notebook) -> None:
    shown = custody.offer_recovery()
    with pytest.raises(WrongPassphrase):
        custody.add_recovery(notebook, shown, "")
    custody.add_recovery(notebook, shown, shown.lower())
    notebook.close()
    again = custody.unlock(custody.prove_recovery(notebook.vault.folder, shown), NOW)
    new = custody.offer().passphrase
    custody.change_passphrase(again, custody.prepare(new, CHEAP), NOW)
    custody.remove_recovery(again)
    assert not again.standing().has_recovery
    again.close()
    custody.unlock(custody.prove(notebook.vault.folder, new), NOW).close()


def test_backups_are_due_tried_and_restored(notebook: Notebook) -> None:
    assert not upkeep.backup_due(notebook, TODAY)
    notebook.save(replace(notebook.begin(NOW), private="precious"), NOW)
    assert upkeep.backup_due(notebook, TODAY)
    made = upkeep.back_up(notebook, NOW)
    assert not upkeep.backup_due(notebook, TODAY + timedelta(days=6))
    assert upkeep.backup_due(notebook, TODAY + timedelta(days=7))
    upkeep.set_preferences(notebook, replace(upkeep.preferences(notebook), backup_every=0))
    assert not upkeep.backup_due(notebook, TODAY + timedelta(days=700))
    assert custody.drill(made.folder, PASSPHRASE).reflections == 1
    folder = notebook.vault.folder
    notebook.close()
    (folder / "vault.key").write_bytes(b"spoilt")
    aside = custody.restore(folder, custody.prove(made.folder, PASSPHRASE), NOW)
    assert aside is not None
    again = custody.unlock(custody.prove(folder, PASSPHRASE), NOW)
    assert [one.private for one in again.search(Wanted())] == ["precious"]
    assert again.vault.check() is None
    again.close()


def test_an_export_is_seen_before_it_is_written(notebook: Notebook, tmp_path: Path) -> None:
    written = replace(
        notebook.begin(NOW), private="Mrs Smith", shareable="I learned from Dr Jones", length=3_600_000
    )
    notebook.save(written, NOW)
    shown = portfolio.preview(notebook, Selection(Form.HTML), TODAY)
    assert [(one.kind, shown.text[one.start : one.end]) for one in shown.findings] == [
        (IdentifierKind.NAME, "Dr Jones")
    ]
    assert len(shown.warnings) == 1
    assert shown.name == "cotutor-2026-11-22.html"
    whole = portfolio.preview(notebook, Selection(Form.JSON), TODAY)
    assert len(whole.warnings) == 2
    path = tmp_path / shown.name
    before = os.umask(0)
    portfolio.write(shown, path)
    os.umask(before)
    assert path.read_bytes() == shown.data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CotutorError, match="there already"):
        portfolio.write(whole, path)
    portfolio.write(whole, path, replace=True)
    assert path.read_bytes() == whole.data
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


def test_an_encrypted_export_comes_back_and_was_never_plain(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyrage.passphrase, "encrypt", cheaply_encrypted)
    notebook.save(replace(notebook.begin(NOW), private="precious words"), NOW)
    shown = portfolio.preview(notebook, Selection(Form.JSON), TODAY)
    path = tmp_path / "export.age"
    portfolio.write_encrypted(shown, path, "walrus eleven quarry")
    assert b"precious" not in path.read_bytes()
    with pytest.raises(WrongPassphrase, match="encrypted"):
        portfolio.read_import(path)
    held = portfolio.read_import(path, "walrus eleven quarry")
    other = custody.create(tmp_path / "other", custody.prepare(PASSPHRASE, CHEAP), NOW)
    assert portfolio.bring_in(other, held, NOW).added == 1
    assert portfolio.bring_in(other, held, NOW).unchanged == 1
    assert portfolio.preview(other, Selection(Form.JSON), TODAY).data == shown.data
    other.close()
    with pytest.raises(CotutorError, match="no file"):
        portfolio.read_import(tmp_path / "nowhere")


def test_looking_for_a_vault_touches_nothing(tmp_path: Path, notebook: Notebook) -> None:
    assert not custody.exists(tmp_path / "nowhere")
    assert custody.exists(notebook.vault.folder)
    assert not (tmp_path / "nowhere").exists()
    assert notebook.check_text("Mrs Smith")[0].kind is IdentifierKind.NAME
    assert isinstance(notebook.begin(NOW, "gibbs"), Reflection)
    assert notebook.begin(NOW, "gibbs").day == date(2026, 11, 22)
