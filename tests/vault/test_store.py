from datetime import date

import pytest

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
    vault.store.save(kept, 7)
    assert vault.store.reflection(kept.uid) == kept
    assert vault.store.all_reflections() == [kept]
    assert (vault.store.count(), vault.store.last_saved()) == (1, 7)
    assert vault.store.tags() == [("listening", 1), ("supervision", 1)]


def test_a_change_of_day_text_or_tags_is_one_reflection_still(vault: Vault) -> None:
    vault.store.save(reflection(tags=("a", "b")), 1)
    vault.store.save(reflection(2), 2)
    vault.store.save(reflection(day=date(2020, 1, 1), tags=("b", "c"), private="changed"), 3)
    assert vault.store.count() == 2
    assert vault.store.tags() == [("b", 1), ("c", 1)]
    assert [one.day.year for one in vault.store.all_reflections()] == [2020, 2026]


def test_a_draft_stands_beside_what_was_saved_until_that_is_saved_again(vault: Vault) -> None:
    vault.store.save(reflection(), 1)
    vault.store.save_draft(reflection(private="half a"), 2)
    vault.store.save_draft(reflection(private="half a sentence"), 3)
    vault.store.save_draft(reflection(2, private="another"), 4)
    assert [one.private for one in vault.store.drafts()] == ["another", "half a sentence"]
    assert vault.store.reflection(f"{1:016x}") == reflection()
    assert vault.store.last_saved() == 1
    vault.store.save(reflection(private="a whole sentence"), 5)
    vault.store.drop_draft(f"{2:016x}")
    assert vault.store.drafts() == []


def test_history_is_kept_only_when_asked_for(vault: Vault) -> None:
    vault.store.save(reflection(private="first"), 1)
    vault.store.save(reflection(private="second"), 2)
    assert vault.store.history(f"{1:016x}") == []
    vault.store.save(reflection(private="third"), 3, history=True)
    vault.store.save(reflection(private="third"), 4, history=True)
    assert [one.private for one in vault.store.history(f"{1:016x}")] == ["second"]
    vault.store.erase_history(5)
    assert vault.store.history(f"{1:016x}") == []


def test_steps_are_ordered_by_the_day_they_are_due(vault: Vault) -> None:
    vault.store.put(NextStep("1" * 16, "some day"), 1)
    vault.store.put(NextStep("2" * 16, "later", due=date(2026, 5, 1)), 1)
    vault.store.put(NextStep("3" * 16, "sooner", due=date(2026, 4, 1), state=StepState.DONE), 1)
    assert [step.text for step in vault.store.steps()] == ["sooner", "later", "some day"]
    assert [step.text for step in vault.store.steps(open_only=True)] == ["later", "some day"]
    vault.store.drop(NextStep, "2" * 16, 2)
    assert vault.store.step("2" * 16) is None


def test_the_encounter_log_is_erased_alone(vault: Vault) -> None:
    met = Encounter("1" * 16, DAY, 2_700_000, Setting.REMOTE, Part.MENTOR, "pair")
    rated = SelfRating("2" * 16, DAY, "keeping silent", before=4, after=6)
    vault.store.put(met, 1)
    vault.store.put(rated, 1)
    vault.store.save(reflection(), 1)
    assert vault.store.encounters() == [met]
    vault.store.erase_encounters(2)
    assert vault.store.encounters() == []
    assert vault.store.ratings() == [rated]
    assert vault.store.count() == 1


def test_expiry_counts_from_the_day_itself(vault: Vault) -> None:
    vault.store.save(reflection(1, expires=date(2026, 3, 2)), 1)
    vault.store.save(reflection(2), 1)
    assert vault.store.expired(date(2026, 3, 1)) == []
    assert vault.store.expired(date(2026, 3, 2)) == [f"{1:016x}"]


def test_settings_are_any_json_value(vault: Vault) -> None:
    vault.store.set("a", {"b": [1, None, "c"]})
    assert vault.store.setting("a") == {"b": [1, None, "c"]}
    vault.store.set("a", None)
    assert vault.store.setting("a") is None


def test_a_row_that_cotutor_does_not_write_is_damage_and_not_a_traceback(vault: Vault) -> None:
    vault.store.put(NextStep("1" * 16, "call"), 1)
    vault.store.connection.execute("UPDATE step SET state = 'SECRET'")
    with pytest.raises(Damaged) as told:
        vault.store.steps()
    assert "SECRET" not in told.value.message
    assert told.value.__cause__ is None


def test_a_migration_is_preceded_by_a_backup_that_opens(vault: Vault) -> None:
    vault.store.save(reflection(), 1)
    vault.close()
    later = (*schema.MIGRATIONS, "ALTER TABLE step ADD COLUMN colour TEXT;\nUPDATE step SET colour = 'red';")
    vault = open_vault(prove_passphrase(vault.folder, PASSPHRASE), NOW, later)
    assert schema.version(vault.store.connection) == 2
    assert vault.store.all_reflections() == [reflection()]
    vault.close()
    (before,) = backups(vault.folder / "backups")
    kept = open_vault(prove_passphrase(before.folder, PASSPHRASE), NOW)
    assert schema.version(kept.store.connection) == 1
    assert kept.store.all_reflections() == [reflection()]
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
        name: vault.store.connection.execute(f"PRAGMA {name}").fetchone()
        for name in ("temp_store", "secure_delete", "journal_mode", "synchronous", "trusted_schema")
    }
    assert said == {
        "temp_store": (2,),
        "secure_delete": (1,),
        "journal_mode": ("delete",),
        "synchronous": (3,),
        "trusted_schema": (0,),
    }
    secure = vault.store.connection.execute("SELECT v FROM found_config WHERE k = 'secure-delete'").fetchone()
    assert secure == (1,)
