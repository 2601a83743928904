from datetime import date

import pytest
from msgspec.structs import replace

from cotutor.domain.errors import Damaged, NewerVersion
from cotutor.domain.reflection import (
    Encounter,
    NextStep,
    Part,
    Reflection,
    SelfRating,
    Setting,
    StepState,
)
from cotutor.vault import schema
from cotutor.vault.backup import backups
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
from cotutor.vault.vault import Vault
from tests.vault.conftest import NOW, PASSPHRASE
from tests.vault.moments import at

DAY = date(2026, 3, 1)


def reflection(number: int = 1, **fields: object) -> Reflection:
    return Reflection(**({"uid": f"{number:016x}", "day": DAY, "private": "mine"} | fields))  # type: ignore[arg-type]  # fields by name


def test_a_reflection_comes_back_as_it_was(vault: Vault) -> None:
    kept = reflection(
        template="gibbs",
        alias="B",
        tags=("listening", "supervision"),
        length=3_600_000,
        expires=date(2027, 1, 1),
        created=5,
        changed=6,
        shareable="theirs\ntoo ‒ ünï",
    )
    assert vault.reflections.save(kept, at(7)) == replace(kept, changed=7)
    kept = replace(kept, changed=7)
    assert vault.reflections.get(kept.uid) == kept
    assert vault.reflections.all() == [kept]
    assert (vault.reflections.count(), vault._store.last_saved()) == (1, 7)
    assert vault.reflections.tags() == [("listening", 1), ("supervision", 1)]


def test_a_change_of_day_text_or_tags_is_one_reflection_still(vault: Vault) -> None:
    vault.reflections.save(reflection(tags=("a", "b")), at(1))
    vault.reflections.save(reflection(2), at(2))
    vault.reflections.save(reflection(day=date(2020, 1, 1), tags=("b", "c"), private="changed"), at(3))
    assert vault.reflections.count() == 2
    assert vault.reflections.tags() == [("b", 1), ("c", 1)]
    assert [one.day.year for one in vault.reflections.all()] == [2020, 2026]


def test_a_draft_stands_beside_what_was_saved_until_that_is_saved_again(vault: Vault) -> None:
    saved = vault.reflections.save(reflection(), at(1))
    vault.reflections.save_draft(reflection(private="half a"), at(2))
    vault.reflections.save_draft(reflection(private="half a sentence"), at(3))
    vault.reflections.save_draft(reflection(2, private="another"), at(4))
    assert [one.private for one in vault.reflections.drafts()] == ["another", "half a sentence"]
    assert vault.reflections.get(f"{1:016x}") == saved
    assert vault._store.last_saved() == 1
    vault.reflections.save(reflection(private="a whole sentence"), at(5))
    vault.reflections.drop_draft(f"{2:016x}")
    assert vault.reflections.drafts() == []


def test_history_is_kept_only_when_asked_for(vault: Vault) -> None:
    vault.reflections.save(reflection(private="first"), at(1))
    vault.reflections.save(reflection(private="second"), at(2))
    assert vault.reflections.history(f"{1:016x}") == []
    vault.reflections.keep_history(at(3), wanted=True)
    third = vault.reflections.save(reflection(private="third"), at(3))
    vault.reflections.save(third, at(3))
    assert [one.private for one in vault.reflections.history(f"{1:016x}")] == ["second"]
    vault.reflections.keep_history(at(5), wanted=False)
    assert vault.reflections.history(f"{1:016x}") == []


def test_steps_are_ordered_by_the_day_they_are_due(vault: Vault) -> None:
    vault.steps.change(NextStep("1" * 16, "some day"), at(1))
    vault.steps.change(NextStep("2" * 16, "later", due=date(2026, 5, 1)), at(1))
    vault.steps.change(NextStep("3" * 16, "sooner", due=date(2026, 4, 1), state=StepState.DONE), at(1))
    assert [step.text for step in vault.steps.all()] == ["sooner", "later", "some day"]
    assert [step.text for step in vault.steps.all(open_only=True)] == ["later", "some day"]
    vault.steps.remove("2" * 16, at(2))
    assert vault.steps.get("2" * 16) is None


def test_the_encounter_log_is_erased_alone(vault: Vault) -> None:
    met = Encounter("1" * 16, DAY, 2_700_000, Setting.REMOTE, Part.MENTOR, "pair")
    rated = SelfRating("2" * 16, DAY, "keeping silent", before=4, after=6)
    vault.encounters.put(met, at(1))
    vault.ratings.put(rated, at(1))
    vault.reflections.save(reflection(), at(1))
    assert vault.encounters.all() == [met]
    vault.encounters.erase(at(2))
    assert vault.encounters.all() == []
    assert vault.ratings.all() == [rated]
    assert vault.reflections.count() == 1


def test_expiry_counts_from_the_day_itself(vault: Vault) -> None:
    vault.reflections.save(reflection(1, expires=date(2026, 3, 2)), at(1))
    vault.reflections.save(reflection(2), at(1))
    assert vault.reflections.expired(date(2026, 3, 1)) == []
    assert vault.reflections.expired(date(2026, 3, 2)) == [f"{1:016x}"]


def test_settings_are_any_json_value(vault: Vault) -> None:
    vault._store.set("a", {"b": [1, None, "c"]})
    assert vault._store.setting("a") == {"b": [1, None, "c"]}
    vault._store.set("a", None)
    assert vault._store.setting("a") is None


def test_a_row_that_cotutor_does_not_write_is_damage_and_not_a_traceback(vault: Vault) -> None:
    vault.steps.change(NextStep("1" * 16, "call"), at(1))
    vault._store.connection.execute("UPDATE step SET state = 'SECRET'")
    with pytest.raises(Damaged) as told:
        vault.steps.all()
    assert "SECRET" not in told.value.message
    assert told.value.__cause__ is None


def test_a_migration_is_preceded_by_a_backup_that_opens(vault: Vault) -> None:
    kept_before = vault.reflections.save(reflection(), at(1))
    vault.close()
    later = (*schema.MIGRATIONS, "ALTER TABLE step ADD COLUMN colour TEXT;\nUPDATE step SET colour = 'red';")
    vault = open_vault(prove_passphrase(vault.folder, PASSPHRASE), NOW, later)
    assert schema.version(vault._store.connection) == 2
    assert vault.reflections.all() == [kept_before]
    vault.close()
    (before,) = backups(vault.folder / "backups")
    kept = open_vault(prove_passphrase(before.folder, PASSPHRASE), NOW)
    assert schema.version(kept._store.connection) == 1
    assert kept.reflections.all() == [kept_before]
    kept.close()
    with pytest.raises(NewerVersion):
        open_vault(prove_passphrase(vault.folder, PASSPHRASE), NOW)


def test_a_migration_that_fails_half_way_changes_nothing(vault: Vault) -> None:
    vault.close()
    broken = (*schema.MIGRATIONS, "ALTER TABLE step ADD COLUMN colour TEXT;\nUPDATE nowhere SET x = 1;")
    key = prove_passphrase(vault.folder, PASSPHRASE)
    before = key.database.read_bytes()
    with pytest.raises(Exception, match="refused"):
        open_vault(key, NOW, broken)
    assert key.database.read_bytes() == before


def test_the_pragmas_that_protect_notes_are_in_force(vault: Vault) -> None:
    said = {
        name: vault._store.connection.execute(f"PRAGMA {name}").fetchone()
        for name in ("temp_store", "secure_delete", "journal_mode", "synchronous", "trusted_schema")
    }
    assert said == {
        "temp_store": (2,),
        "secure_delete": (1,),
        "journal_mode": ("delete",),
        "synchronous": (3,),
        "trusted_schema": (0,),
    }
    secure = vault._store.connection.execute(
        "SELECT v FROM found_config WHERE k = 'secure-delete'"
    ).fetchone()
    assert secure == (1,)
