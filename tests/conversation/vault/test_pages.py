"""What the vault's pages offer and show: settings, a check, copies, exports."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.vault import checking, copies, exporting, keys, questions, settings
from cotutor.conversation.vault.unlocking import private_folder
from cotutor.conversation.vault.writing import new_reflection
from cotutor.domain.errors import CotutorError, Damaged, WrongPassphrase, WrongUsage
from cotutor.domain.identifiers import Identifier, IdentifierKind
from cotutor.domain.reflection import Reflection
from cotutor.vault.export import Selection
from cotutor.vault.export_file import Preview
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
from cotutor.vault.transfer import Merged
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock

NOW = FakeClock().wall()
TODAY = NOW.date()
MINUTE = 60_000


def written(vault: Vault) -> Reflection:
    return vault.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)


def test_a_time_to_lock_is_chosen_from_five_and_from_what_is_chosen_already(vault: Vault) -> None:
    choices, chosen = settings.lock_after(vault)
    assert [words for _, words in choices] == ["1 min", "2 min", "5 min", "10 min", "15 min"]
    assert chosen == 5 * MINUTE
    settings.set_lock_after(vault, 7 * MINUTE)
    choices, chosen = settings.lock_after(vault)
    assert [length // MINUTE for length, _ in choices] == [1, 2, 5, 7, 10, 15]
    assert chosen == 7 * MINUTE
    settings.set_lock_after(vault, 10)
    assert settings.lock_after(vault)[1] == MINUTE


def test_how_often_a_backup_is_due_keeps_an_unusual_number_of_days(vault: Vault) -> None:
    usual = ((0, "never"), (1, "daily"), (7, "weekly"), (30, "monthly"))
    assert settings.backup_every(vault) == (usual, 7)
    settings.set_backup_every(vault, 3)
    assert settings.backup_every(vault) == (((3, "as it is"), *usual), 3)
    settings.set_backup_every(vault, 0)
    assert settings.backup_every(vault) == (usual, 0)
    assert [kept for kept, _ in settings.HISTORY] == [False, True]


def test_what_there_is_to_do_with_a_vault_says_how_it_stands(vault: Vault) -> None:
    def stands(name: str, days: int = 0) -> str:
        lines = settings.lines(vault, NOW + timedelta(days=days))
        return next(words for command, words in lines if command.name == name)

    assert stands("backups") == "none yet"
    assert stands("rehearse") != stands("rehearse", 3) == "due now"
    vault.back_up(NOW - timedelta(days=1))
    vault.back_up(NOW)
    assert stands("backups") == "2, the last of 2 Mar 2026"


def test_a_check_names_what_is_kept_and_stops_at_damage(vault: Vault) -> None:
    assert checking.key_file_item(vault) == ("key file", "whole")
    found = dict(checking.items(vault, NOW))
    assert found["database"].startswith("whole")
    assert (found["drafts"], found["recovery key"], found["backups"]) == ("0", "none", "none in its folder")
    assert "changes" not in found
    checking.refuse_changed_key_file(vault)
    key = keys.new_recovery_key()
    vault.set_recovery(key, key)
    vault.back_up(NOW)
    vault.reflections.save_draft(new_reflection(NOW), NOW)
    found = dict(checking.items(vault, NOW))
    assert (found["drafts"], found["recovery key"]) == ("1", "yes")
    assert found["backups"] == "1, the last of 2 Mar 2026, 09:00"
    vault.damage = "page 3"
    with pytest.raises(Damaged, match="is damaged: page 3"):
        checking.items(vault, NOW)


def test_a_key_file_that_was_changed_but_opens_ends_a_check_with_what_to_do(vault: Vault) -> None:
    vault.close()
    path = vault.folder / "vault.key"
    raw = path.read_bytes()
    path.write_bytes(raw[:-4] + (b"0" if raw[-4:-3] != b"0" else b"1") + raw[-3:])
    again = open_vault(prove_passphrase(vault.folder, "orbit candle meadow"), NOW)
    assert checking.key_file_item(again) == ("key file", "changed since it was written")
    with pytest.raises(Damaged, match="Choose a new passphrase"):
        checking.refuse_changed_key_file(again)
    again.close()


def test_a_backup_is_made_listed_tried_and_put_back(vault: Vault) -> None:
    written(vault)
    line, made = copies.back_up(vault, NOW)
    assert line == "Backup made, opened once and found whole: 1 reflection"
    assert copies.backup_line(made) == " 2 Mar 2026, 09:00"
    tried = copies.drill(lambda: prove_passphrase(made.folder, "orbit candle meadow"))
    assert copies.drill_line(tried, NOW) == (
        "The backup opens and is whole: 1 reflection, last saved 2 Mar 2026, 09:00."
    )
    vault.close()
    proved = prove_passphrase(made.folder, "orbit candle meadow")
    here, aside = copies.restore(vault.folder, proved, NOW)
    assert here == f"The backup is now the vault in {vault.folder}."
    assert aside.startswith("What was there is set aside in ")
    assert str(vault.folder) in copies.restoring(vault.folder)


def test_a_damaged_backup_is_not_called_whole(vault: Vault) -> None:
    written(vault)
    _, made = copies.back_up(vault, NOW)
    database = next(made.folder.glob("*.db"))
    raw = bytearray(database.read_bytes())
    raw[-2000:-1900] = bytes(100)
    database.chmod(0o600)
    database.write_bytes(raw)
    with pytest.raises(CotutorError, match="damaged"):
        copies.drill(lambda: prove_passphrase(made.folder, "orbit candle meadow"))


def test_an_export_takes_what_was_asked_for_and_refuses_what_cannot_be_had_together() -> None:
    def selected(
        form: str = "markdown", *, everything: bool = False, since: str = "", until: str = ""
    ) -> Selection:
        return exporting.selection(form, everything=everything, since=since, until=until, today=TODAY)

    assert selected() == Selection("markdown", private=False, steps=False)
    assert selected(everything=True) == Selection("markdown", private=True, steps=True)
    assert selected(since="1/3", until="1/3").until == date(2026, 3, 1)
    assert selected("json", everything=True) == Selection("json", private=True, steps=True)
    for wrong, why in (
        ({"since": "2/3", "until": "1/3"}, "--from is later than --to"),
        ({"form": "json"}, "JSON is the whole vault"),
        ({"form": "json", "everything": True, "since": "1/3"}, "leave out --from and --to"),
        ({"form": "json", "everything": True, "until": "1/3"}, "leave out --from and --to"),
        ({"since": "soon"}, "not a day"),
        ({"until": "soon"}, "not a day"),
    ):
        with pytest.raises(WrongUsage, match=why):
            selected(**wrong)


def test_what_an_import_did_and_what_an_export_wrote_is_said(tmp_path: Path) -> None:
    assert exporting.merged_line(Merged(1, 2, 3)) == "1 new, 2 changed since, 3 known already."
    assert exporting.listed_formats() == "markdown, json, csv or html"
    plain, sealed = (exporting.written_lines(tmp_path / "x", encrypted=sealed) for sealed in (False, True))
    assert plain == [f"Written, not encrypted: {tmp_path / 'x'}"]
    assert sealed[0] == f"Written and encrypted: {tmp_path / 'x'}"
    assert [line[:12] for line in exporting.format_lines().splitlines()] == [
        "  markdown  ", "  json      ", "  csv       ", "  html      ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", "0 characters, 0 lines"),
        ("\n", "1 character, 1 line"),
        ("äö\n" * 1000, "3,000 characters, 1,000 lines"),
    ],
)
def test_what_is_to_be_written_in_the_clear_is_counted_with_what_might_identify_somebody(
    text: str, size: str
) -> None:
    name, number = Identifier(0, 1, IdentifierKind.NAME), Identifier(0, 1, IdentifierKind.PHONE)
    bare = Preview(text.encode(), "x.md", ("Careful.",), ())
    assert exporting.preview_lines(bare)[:3] == [
        f"To be written: {size}.",
        "Careful.",
        "What might identify somebody: 0.",
    ]
    found = replace(bare, identifiers=(number, name, name))
    assert exporting.preview_lines(found)[2] == (
        f"What might identify somebody: 3 ({', '.join(sorted([f'{name.kind.value} 2', f'{number.kind.value} 1']))})."
    )


def test_an_export_of_one_day_is_taken_and_one_of_none_is_not() -> None:
    day = exporting.selection("csv", everything=False, since="2/3", until="2/3", today=TODAY)
    assert (day.since, day.until, day.private, day.steps) == (TODAY, TODAY, False, False)
    for since, until in (("2/3", ""), ("", "2/3")):
        open_ended = exporting.selection("csv", everything=False, since=since, until=until, today=TODAY)
        assert (open_ended.since, open_ended.until).count(None) == 1


def test_a_vault_that_can_only_be_read_is_checked_and_says_so(vault: Vault) -> None:
    vault._store.read_only = True
    assert dict(checking.items(vault, NOW))["changes"].startswith("none possible")


def test_a_restore_into_a_new_folder_names_nothing_set_aside_and_elsewhere_is_counted(
    vault: Vault, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    line, made = copies.back_up(
        vault, NOW, tmp_path / "stick", lambda done, total: seen.append((done, total))
    )
    assert line.endswith(": 0 reflections")
    assert made.folder.parent == tmp_path / "stick"
    assert seen
    proved = prove_passphrase(made.folder, "orbit candle meadow")
    new = tmp_path / "new"
    assert copies.restore(new, proved, NOW) == (f"The backup is now the vault in {new}.",)
    tried = copies.drill(lambda: prove_passphrase(made.folder, "orbit candle meadow"))
    assert copies.drill_line(tried, NOW).endswith("0 reflections, last saved never.")


def test_a_wrong_rehearsal_shuts_nobody_out_and_a_right_one_counts(vault: Vault) -> None:
    later = NOW + timedelta(days=3)
    assert keys.not_right(WrongPassphrase("no")).startswith("Not right.")
    assert keys.not_right(CotutorError("The file is gone.")) == "The file is gone."
    assert vault.settings.rehearsal_due(later.date())
    assert keys.rehearse(vault, later) == "Right. You know it by heart."
    assert not vault.settings.rehearsal_due(later.date())
    keys.refuse_wrong(vault.folder, "orbit candle meadow")
    with pytest.raises(WrongPassphrase):
        keys.refuse_wrong(vault.folder, "another")


def test_the_question_before_forgetting_counts_what_will_be_lost() -> None:
    assert questions.forgetting(1) == "Delete 1 reflection for good? This cannot be undone."
    assert questions.forgetting(2_000).startswith("Delete 2,000 reflections")


def test_a_folder_is_made_that_only_its_owner_may_enter(tmp_path: Path) -> None:
    private_folder(tmp_path / "vault")
    assert (tmp_path / "vault").stat().st_mode & 0o777 == 0o700
