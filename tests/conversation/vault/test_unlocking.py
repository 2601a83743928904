from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.notice import Medium
from cotutor.conversation.vault.forgetting import forget, list_lines, meant
from cotutor.conversation.vault.keys import change_passphrase, new_recovery_key
from cotutor.conversation.vault.unlocking import erased_line, prove, refuse_unreadable, unlock, welcome
from cotutor.conversation.vault.writing import new_reflection
from cotutor.domain.errors import CotutorError, Damaged, NotAVault, WrongPassphrase
from cotutor.domain.reflection import Setting
from cotutor.services import handover
from cotutor.vault.backup import own_backups
from cotutor.vault.keys import prepare
from cotutor.vault.settings import Preferences
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock
from tests.vault.cheap import CHEAP

NOW = FakeClock().wall()
PASSPHRASE = "orbit candle meadow"  # noqa: S105  an invented vault's


def test_a_quiet_vault_has_nothing_to_report(vault: Vault) -> None:
    found = welcome(vault, NOW)
    assert (found.notices, found.must_choose_passphrase, found.met) == ((), False, None)


def test_what_is_due_is_done_or_named_in_the_words_of_the_face(vault: Vault) -> None:
    vault.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)
    vault.steps.add("ask", NOW, due=NOW.date())
    later = NOW + timedelta(days=4)
    assert welcome(vault, later).notices == (
        "A backup was made and opened once.",
        "Do you still know your passphrase by heart? Rehearse it (v).",
        "1 next step due (s).",
    )
    assert welcome(vault, later, medium=Medium.WORDS).notices[-1] == "1 next step due (steps)."


def test_a_recovery_key_that_opened_the_vault_calls_for_a_passphrase_and_no_rehearsal(vault: Vault) -> None:
    found = welcome(vault, NOW + timedelta(days=4), by_recovery=True)
    assert found.must_choose_passphrase
    assert found.notices == ()


def test_a_session_that_has_just_ended_is_offered_once(vault: Vault) -> None:
    met = handover.Met(50 * 60_000, Setting.REMOTE, "pair")
    handover.leave(met)
    assert welcome(vault, NOW).met == met
    assert welcome(vault, NOW).met is None


def test_a_backup_that_is_due_and_fails_shuts_nobody_out(vault: Vault) -> None:
    vault.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)
    (vault.folder / "backups").write_bytes(b"in the way")
    assert welcome(vault, NOW).notices == ("The backup that is due could not be made.",)


def test_a_session_is_left_to_be_offered_where_the_log_can_be_written(vault: Vault) -> None:
    handover.leave(handover.Met(50 * 60_000, Setting.REMOTE, "pair"))
    vault._store.read_only = True
    assert welcome(vault, NOW).met is None
    vault._store.read_only = False
    assert welcome(vault, NOW).met is not None


@pytest.mark.parametrize("by_recovery", [False, True])
def test_a_vault_that_can_only_be_read_says_so_and_asks_for_nothing_that_would_be_written(
    vault: Vault, *, by_recovery: bool
) -> None:
    vault.reflections.save(replace(new_reflection(NOW), private="precious"), NOW)
    vault.steps.add("ask", NOW, due=NOW.date())
    vault.steps.add("tell", NOW, due=NOW.date())
    vault._store.read_only = True
    found = welcome(vault, NOW + timedelta(days=4), by_recovery=by_recovery)
    assert found.notices == (
        "The folder refuses changes, so you can only read.",
        "2 next steps due (s).",
    )
    assert not found.must_choose_passphrase
    assert own_backups(vault.folder) == []
    vault.damage = "page 3"
    assert welcome(vault, NOW).notices[0].startswith("Damaged: page 3. Read-only.")


def test_a_key_file_that_is_partly_damaged_is_named_with_its_cure(vault: Vault) -> None:
    vault._key.whole = False
    assert welcome(vault, NOW).notices == ("The key file is partly damaged; a new passphrase mends it (v).",)
    assert welcome(vault, NOW, medium=Medium.WORDS).notices[0].endswith("mends it (vault).")


def test_what_has_expired_is_counted_when_the_vault_is_opened(vault: Vault) -> None:
    assert erased_line(vault) == ""
    brief = replace(new_reflection(NOW), private="brief", expires=NOW.date() + timedelta(days=1))
    vault.reflections.save(brief, NOW)
    vault.close()
    again = unlock(prove(vault.folder, PASSPHRASE), NOW + timedelta(days=1))
    assert erased_line(again) == "Erased, because their day had come: 1 reflection."
    assert welcome(again, NOW).notices == (erased_line(again),)
    again.close()


def test_a_vault_is_proved_by_its_passphrase_or_if_that_is_said_by_its_recovery_key(vault: Vault) -> None:
    key = new_recovery_key()
    vault.set_recovery(key, key)
    prove(vault.folder, PASSPHRASE)
    prove(vault.folder, key, recovery=True)
    for typed, recovery in ((key, False), (PASSPHRASE, True)):
        with pytest.raises(WrongPassphrase):
            prove(vault.folder, typed, recovery=recovery)


def test_a_vault_whose_key_file_opens_nothing_is_refused_before_anything_is_asked(
    vault: Vault, tmp_path: Path
) -> None:
    refuse_unreadable(vault.folder)
    with pytest.raises(NotAVault):
        refuse_unreadable(tmp_path)
    (vault.folder / "vault.key").write_bytes(b"spoilt")
    with pytest.raises(Damaged):
        refuse_unreadable(vault.folder)


def test_the_list_of_reflections_tells_what_expires_and_nothing_that_was_written(vault: Vault) -> None:
    stays = vault.reflections.save(replace(new_reflection(NOW), private="secret"), NOW)
    goes = vault.reflections.save(
        replace(stays, uid="f" * 16, day=NOW.date() + timedelta(days=1), expires=NOW.date()), NOW
    )
    assert list_lines(vault) == [
        f"{stays.uid}  2026-03-02",
        f"{goes.uid}  2026-03-03  expires 2026-03-02",
    ]


def test_only_a_recovery_key_that_there_was_has_ended(vault: Vault) -> None:
    lines = change_passphrase(vault, prepare("a", CHEAP), NOW, reencrypt=True)
    assert not any("recovery" in line for line in lines)
    key = new_recovery_key()
    vault.set_recovery(key, key)
    assert not any(
        "recovery" in line for line in change_passphrase(vault, prepare("b", CHEAP), NOW, reencrypt=False)
    )
    assert any(
        "has ended" in line for line in change_passphrase(vault, prepare("c", CHEAP), NOW, reencrypt=True)
    )


def test_what_is_forgotten_is_named_and_must_be_there(vault: Vault) -> None:
    vault.settings.prefer(Preferences(backup_every=0))
    assert list_lines(vault) == ["There are no reflections."]
    gone = vault.reflections.save(replace(new_reflection(NOW), private="gone", expires=NOW.date()), NOW)
    stays = vault.reflections.save(replace(new_reflection(NOW), private="stays"), NOW)
    assert meant(vault, None, NOW.date(), everything=False) == [gone.uid]
    assert meant(vault, [stays.uid, stays.uid], NOW.date(), everything=False) == [stays.uid]
    assert meant(vault, None, NOW.date(), everything=True) is None
    with pytest.raises(CotutorError, match="nothing was forgotten"):
        meant(vault, ["0" * 16], NOW.date(), everything=False)
    assert forget(vault, [gone.uid], NOW) == (
        "Forgotten: 1 reflection. The rest has moved to a fresh key.",
        "Backups in the vault's folder: none. Exports, and backups elsewhere, are yours to delete.",
    )
    vault.back_up(NOW)
    assert "left as they are" in forget(vault, [], NOW, keep_backups=True)[1]
    assert "replaced by a fresh one" in forget(vault, [], NOW)[1]
