from collections.abc import Callable
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
from cotutor.vault.search import Wanted
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


def test_a_line_of_the_log_and_a_rating_are_removed_alone(vault: Vault) -> None:
    met = [vault.encounters.add(minutes * 60_000, at(1), day=DAY) for minutes in (30, 40)]
    rated = [vault.ratings.put(SelfRating(f"{number:016x}", DAY, "silence"), at(1)) for number in (1, 2)]
    vault.encounters.remove(met[0].uid, at(2))
    vault.ratings.remove(rated[0].uid, at(2))
    assert (vault.encounters.all(), vault.ratings.all()) == ([met[1]], [rated[1]])
    vault.encounters.remove("0" * 16, at(3))
    vault.ratings.remove("0" * 16, at(3))
    assert (vault.encounters.all(), vault.ratings.all()) == ([met[1]], [rated[1]])


SAVED: dict[str, Callable[[Vault], object]] = {
    "reflection": lambda vault: vault.reflections.save(reflection(), at(9)),
    "no history": lambda vault: vault.reflections.keep_history(at(9), wanted=False),
    "forget": lambda vault: vault.forget(["1" * 16], at(9)),
    "import": lambda vault: vault.bring_in(vault.contents(), at(9)),
    "step": lambda vault: vault.steps.add("ask", at(9)),
    "no step": lambda vault: vault.steps.remove("1" * 16, at(9)),
    "encounter": lambda vault: vault.encounters.add(1, at(9)),
    "no encounter": lambda vault: vault.encounters.remove("1" * 16, at(9)),
    "no log": lambda vault: vault.encounters.erase(at(9)),
    "rating": lambda vault: vault.ratings.put(SelfRating("2" * 16, DAY, "silence"), at(9)),
    "no rating": lambda vault: vault.ratings.remove("1" * 16, at(9)),
}


@pytest.mark.parametrize("change", SAVED.values(), ids=SAVED)
def test_each_change_to_what_a_vault_holds_is_the_moment_of_the_last_save(
    vault: Vault, change: Callable[[Vault], object]
) -> None:
    assert vault._store.last_saved() is None
    change(vault)
    assert vault._store.last_saved() == 9
    vault._store.set("saved", "spoilt")
    assert vault._store.last_saved() is None


def test_a_draft_and_a_setting_are_no_save(vault: Vault) -> None:
    vault.reflections.save_draft(reflection(), at(9))
    vault.reflections.drop_draft(f"{1:016x}")
    vault.reflections.keep_history(at(9), wanted=True)
    vault.settings.note_backup(DAY)
    assert vault._store.last_saved() is None


def test_a_setting_that_cannot_be_read_counts_as_none(vault: Vault) -> None:
    vault._store.set("a", 1)
    vault._store.connection.execute("UPDATE setting SET value = '{' WHERE name = 'a'")
    assert vault._store.setting("a") is None
    assert vault._store.setting("never set") is None


@pytest.mark.parametrize("spoil", ["UPDATE draft SET body = 'SECRET'", "UPDATE edit SET body = 'SECRET'"])
def test_an_unfinished_or_earlier_version_that_cotutor_did_not_write_is_damage(
    vault: Vault, spoil: str
) -> None:
    vault.reflections.keep_history(at(1), wanted=True)
    for number in (1, 2):
        vault.reflections.save(reflection(private=str(number)), at(number))
    vault.reflections.save_draft(reflection(), at(3))
    vault._store.connection.execute(spoil)
    with pytest.raises(Damaged) as told:
        (*vault.reflections.drafts(), *vault.reflections.history(f"{1:016x}"))
    assert "SECRET" not in told.value.message


def test_reflections_of_one_day_keep_their_order_and_a_new_one_comes_after_the_last(vault: Vault) -> None:
    for number in (5, 3, 4):
        vault.reflections.save(reflection(number), at(1))
    vault.reflections.save(reflection(3, private="changed"), at(2))
    vault.reflections.save(reflection(6, day=date(2026, 3, 2)), at(2))
    vault.reflections.save(reflection(7), at(2))
    found = [int(one.uid, 16) for one in vault.reflections.search(Wanted())]
    assert found == [6, 7, 4, 3, 5]


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
