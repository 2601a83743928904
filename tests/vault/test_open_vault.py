from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.vault.writing import new_reflection
from cotutor.domain.errors import CotutorError, DiskFull, WrongPassphrase
from cotutor.domain.reflection import TEXT_LIMIT, Part, Setting, StepState
from cotutor.vault import kdf
from cotutor.vault.backup import Backup, drill, own_backups
from cotutor.vault.keys import prepare, prove_passphrase, prove_recovery
from cotutor.vault.opening import create, open_vault, restore
from cotutor.vault.passphrase import offer
from cotutor.vault.ratings import new_rating
from cotutor.vault.recovery import new_recovery_key
from cotutor.vault.search import Wanted
from cotutor.vault.vault import Vault
from tests.vault.cheap import CHEAP

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  an invented vault's


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = create(tmp_path / "vault", prepare(PASSPHRASE, CHEAP), NOW)
    yield made
    made.close()


def reopened(vault: Vault, now: datetime = NOW) -> Vault:
    vault.close()
    return open_vault(prove_passphrase(vault.folder, PASSPHRASE), now)


def test_a_reflection_is_written_found_and_there_after_unlocking(vault: Vault) -> None:
    begun = new_reflection(NOW)
    assert begun.private.startswith("What?")
    assert vault.standing().reflections == 0
    kept = vault.reflections.save(
        replace(begun, private="I listened\x1b[2J well", tags=("Night", "night")), NOW
    )
    assert kept.private == "I listened[2J well"
    assert kept.tags == ("night",)
    again = reopened(vault)
    assert again.reflections.get(kept.uid) == kept
    assert [one.uid for one in again.reflections.search(Wanted(text="listen", tag="#Night"))] == [kept.uid]
    standing = again.standing()
    assert (standing.reflections, standing.last_saved, standing.damage) == (1, NOW, None)
    assert not standing.read_only
    assert standing.key_file_whole
    again.close()


def test_a_draft_survives_a_lock_and_a_restart(vault: Vault) -> None:
    begun = replace(new_reflection(NOW), private="half a sen")
    vault.reflections.save_draft(begun, NOW)
    again = reopened(vault)
    assert [one.private for one in again.reflections.drafts()] == ["half a sen"]
    assert again.standing().drafts == 1
    again.reflections.save(begun, NOW)
    assert again.reflections.drafts() == []
    again.close()


def test_too_long_a_text_is_refused_whole_and_not_cut(vault: Vault) -> None:
    with pytest.raises(CotutorError, match=r"Only me.*100,000"):
        vault.reflections.save(replace(new_reflection(NOW), private="x" * (TEXT_LIMIT + 1)), NOW)
    assert vault.standing().reflections == 0


def test_history_is_off_until_it_is_wanted_and_gone_when_it_is_not(vault: Vault) -> None:
    first = vault.reflections.save(replace(new_reflection(NOW), private="first"), NOW)
    vault.reflections.save(replace(first, private="second"), NOW)
    assert vault.reflections.history(first.uid) == []
    vault.reflections.keep_history(NOW, wanted=True)
    vault.reflections.save(replace(first, private="third"), NOW)
    assert [one.private for one in vault.reflections.history(first.uid)] == ["second"]
    vault.reflections.keep_history(NOW, wanted=False)
    assert vault.reflections.history(first.uid) == []


def test_next_steps_come_due_and_are_settled(vault: Vault) -> None:
    step = vault.steps.add("ask for feedback", NOW, due=TODAY)
    vault.steps.add("some day", NOW)
    assert vault.steps.due(TODAY - timedelta(days=1)) == []
    assert vault.steps.due(TODAY) == [step]
    settled = vault.steps.settle(step.uid, StepState.DONE, NOW)
    assert settled is not None
    assert settled.state is StepState.DONE
    assert [one.text for one in vault.steps.all(open_only=True)] == ["some day"]
    assert vault.steps.settle("0" * 16, StepState.DONE, NOW) is None
    with pytest.raises(CotutorError, match="text is empty"):
        vault.steps.add("  \n ", NOW)


def test_the_log_holds_no_content_and_is_erased_alone(vault: Vault) -> None:
    met = vault.encounters.add(2_700_000, NOW, setting=Setting.REMOTE, role=Part.MENTOR, plan="pair")
    assert vault.encounters.all() == [met]
    assert set(met.__struct_fields__) == {"uid", "day", "length", "setting", "role", "plan"}
    rating = vault.ratings.put(new_rating("silence", NOW, before=3), NOW)
    vault.ratings.put(replace(rating, after=6), NOW)
    vault.encounters.erase(NOW)
    assert vault.encounters.all() == []
    assert [(one.before, one.after) for one in vault.ratings.all()] == [(3, 6)]
    with pytest.raises(CotutorError, match="before"):
        vault.ratings.put(replace(rating, before=11), NOW)


def test_forgetting_takes_the_backups_with_it(vault: Vault, tmp_path: Path) -> None:
    gone = vault.reflections.save(replace(new_reflection(NOW), private="to forget"), NOW)
    stays = vault.reflections.save(replace(new_reflection(NOW), private="to keep"), NOW)
    old = vault.back_up(NOW)
    elsewhere = vault.back_up(NOW, tmp_path / "stick")
    later = NOW + timedelta(minutes=1)
    vault.forget([gone.uid], later)
    (left,) = own_backups(vault.folder)
    assert left.folder != old.folder
    assert drill(lambda: prove_passphrase(left.folder, PASSPHRASE)).reflections == 1
    assert drill(lambda: prove_passphrase(elsewhere.folder, PASSPHRASE)).reflections == 2
    assert vault.reflections.get(stays.uid) is not None
    vault.forget(None, later)
    assert own_backups(vault.folder) == []


def test_a_note_erases_itself_on_its_day(vault: Vault) -> None:
    vault.reflections.save(
        replace(new_reflection(NOW), private="brief", expires=TODAY + timedelta(days=3)), NOW
    )
    vault.reflections.save(replace(new_reflection(NOW), private="lasting"), NOW)
    again = reopened(vault, NOW + timedelta(days=2))
    assert (again.erased, again.standing().reflections) == (0, 2)
    again = reopened(again, NOW + timedelta(days=3))
    assert (again.erased, again.standing().reflections) == (1, 1)
    again.close()


def test_a_full_disk_postpones_erasing_and_shuts_nobody_out(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.reflections.save(replace(new_reflection(NOW), private="brief", expires=TODAY), NOW)

    def no_room(*_: object, **__: object) -> Backup:
        raise DiskFull("full")

    monkeypatch.setattr("cotutor.vault.vault.next_generation", no_room)
    again = reopened(vault)
    assert (again.erased, again.standing().reflections) == (0, 1)
    again.close()


def test_a_passphrase_is_changed_rehearsed_and_proved(vault: Vault) -> None:
    for days, due in ((0, False), (2, False), (3, True), (13, True)):
        assert vault.settings.rehearsal_due(TODAY + timedelta(days=days)) is due
    vault.settings.note_rehearsal(TODAY + timedelta(days=13))
    assert not vault.settings.rehearsal_due(TODAY + timedelta(days=13))
    assert vault.settings.rehearsal_due(TODAY + timedelta(days=14))
    vault.settings.note_rehearsal(TODAY + timedelta(days=99))
    assert not vault.settings.rehearsal_due(TODAY + timedelta(days=999))
    later = NOW + timedelta(days=100)
    vault.set_passphrase(prepare(offer().passphrase, CHEAP), later)
    assert vault.settings.rehearsal_due(later.date() + timedelta(days=3))
    with pytest.raises(WrongPassphrase):
        prove_passphrase(vault.folder, PASSPHRASE)


def test_a_recovery_key_opens_a_vault_whose_passphrase_is_forgotten(vault: Vault) -> None:
    shown = new_recovery_key()
    with pytest.raises(WrongPassphrase):
        vault.set_recovery(shown, "")
    vault.set_recovery(shown, shown.lower())
    vault.close()
    with pytest.raises(WrongPassphrase, match="well formed, but it is not this vault's"):
        prove_recovery(vault.folder, new_recovery_key())
    with pytest.raises(WrongPassphrase, match="not the passphrase of this vault"):
        prove_passphrase(vault.folder, "six other words")
    again = open_vault(prove_recovery(vault.folder, shown), NOW)
    new = offer().passphrase
    again.set_passphrase(prepare(new, CHEAP), NOW)
    again.remove_recovery()
    assert not again.standing().has_recovery
    again.close()
    open_vault(prove_passphrase(vault.folder, new), NOW).close()


def test_backups_are_due_tried_and_restored(vault: Vault) -> None:
    assert not vault.settings.backup_due(TODAY)
    vault.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)
    assert vault.settings.backup_due(TODAY)
    made = vault.back_up(NOW)
    assert not vault.settings.backup_due(TODAY + timedelta(days=6))
    assert vault.settings.backup_due(TODAY + timedelta(days=7))
    vault.settings.prefer(replace(vault.settings.preferences, backup_every=0))
    assert not vault.settings.backup_due(TODAY + timedelta(days=700))
    assert drill(lambda: prove_passphrase(made.folder, PASSPHRASE)).reflections == 1
    folder = vault.folder
    vault.close()
    (folder / "vault.key").write_bytes(b"spoilt")
    aside = restore(folder, lambda: prove_passphrase(made.folder, PASSPHRASE), NOW)
    assert aside is not None
    again = open_vault(prove_passphrase(folder, PASSPHRASE), NOW)
    assert [one.private for one in again.reflections.search(Wanted())] == ["precious"]
    assert again.damage is None
    again.close()
