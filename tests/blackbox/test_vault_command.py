"""The vault's commands through pipes, as scripts use them: what is done, each exit code, nothing leaked."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cotutor.vault.export import FORMATS
from tests.blackbox.program import COTUTOR, cotutor
from tests.blackbox.vault_command import (
    OTHER,
    PASSPHRASE,
    PRIVATE,
    SECRETS,
    SHAREABLE,
    copied,
    make,
    problem,
    vault,
)
from tests.pseudo_terminal import PseudoTerminal
from tests.vault.cheap_age import cheaply_encrypted

pytestmark = pytest.mark.blackbox


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that no test changes."""
    return make(tmp_path_factory.mktemp("original") / "vault")


@pytest.fixture
def own(original: Path, tmp_path: Path) -> Path:
    """A vault of a test's own."""
    return copied(original, tmp_path / "vault")


def uids(folder: Path) -> list[str]:
    return re.findall(r"^([0-9a-f]{16})  ", vault("forget", "--list", folder=folder).stdout, re.MULTILINE)


# ---------------------------------------------------------------- how it stands


def test_check_says_what_is_whole_and_how_it_stands(original: Path) -> None:
    ended = vault("check", folder=original)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.search(
        r"^Unlocked: 3 reflections, last saved 22 Nov 2026, \d\d:\d\d\.$", ended.stdout, re.MULTILINE
    )
    assert re.search("key file +whole\n +database +whole: every page .*sound", ended.stdout)
    assert "recovery key  none" in ended.stdout
    assert not any(secret in ended.stdout for secret in (*SECRETS, SHAREABLE))


def test_the_folder_may_be_named_first(original: Path) -> None:
    ended = cotutor(
        *("vault", "--vault", str(original), "check", "--passphrase-stdin"),
        typed=f"  {PASSPHRASE.replace(' ', '  ')} ",
    )
    assert ended.returncode == 0


def test_the_usual_folder_is_the_same_as_on_the_full_screen(original: Path, home: Path) -> None:
    usual = home / ".local" / "share" / "cotutor" / "vault"
    assert str(usual) in cotutor("vault", "check", start_new_session=True).stderr
    copied(original, usual)
    assert cotutor("vault", "check", "--passphrase-stdin", typed=PASSPHRASE).returncode == 0


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize("verb", ["check", "backup", "passphrase", "forget --all", "recovery add"])
def test_without_a_vault_nothing_is_asked_and_nothing_made(verb: str, tmp_path: Path) -> None:
    ended = vault(*verb.split(), folder=tmp_path / "none")
    assert ended.returncode == 1
    assert "Make one with cotutor vault create" in problem(ended)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "The following arguments are required: COMMAND. Type"),
        ("chekc", "did you mean check?"),
        ("recovery", "The following arguments are required"),
        ("forget", "One of the arguments --reflection --expired --all --list is required"),
        ("forget --reflection ../etc", "an ID has sixteen signs"),
        ("export out", "--as"),
        ("export --as pdf out", "--as: say markdown, json, csv or html"),
        ("export --as json out", "say --everything too"),
        ("export --as json --everything --from 2026-01-01 out", "JSON is always the whole vault"),
        ("export --as csv --from never out", "That is not a day"),
        ("export --as csv --from 2026-02-01 --to 2026-01-01 out", "--from is later than --to"),
    ],
)
def test_wrong_usage_is_two(words: str, said: str, original: Path) -> None:
    ended = cotutor("vault", "--vault", str(original), *words.split(), start_new_session=True)
    assert ended.returncode == 2
    assert said in problem(ended)


def test_without_a_terminal_secrets_need_their_option_and_questions_a_yes(original: Path) -> None:
    ended = cotutor("vault", "check", "--vault", str(original), typed=PASSPHRASE, start_new_session=True)
    assert ended.returncode == 2
    assert "--passphrase-stdin" in problem(ended)
    ended = vault("forget", "--all", folder=original)
    assert ended.returncode == 2
    assert "say --yes" in problem(ended)
    assert len(uids(original)) == 3


def test_standard_input_may_end_too_early(original: Path) -> None:
    for words, lines in ((("check",), ()), (("passphrase",), (PASSPHRASE,))):
        ended = vault(*words, folder=original, lines=lines)
        assert ended.returncode == 2
        assert "Standard input ended before the" in problem(ended)


@pytest.mark.parametrize("line", ["", "   ", "\x1b\x07", "x" * 401])
def test_an_empty_or_endless_passphrase_is_no_passphrase(line: str, original: Path) -> None:
    ended = vault("check", folder=original, lines=(line,))
    assert ended.returncode == 1
    assert "left empty" in problem(ended) or "longer than 400" in problem(ended)


def test_a_wrong_passphrase_is_three(original: Path) -> None:
    for words in (("check",), ("export", "--as", "csv", "out.csv", "--yes"), ("forget", "--all", "--yes")):
        ended = vault(*words, folder=original, lines=(OTHER,))
        assert ended.returncode == 3
        assert "not the passphrase of this vault" in problem(ended)
    ended = vault("check", "--recovery-key", folder=original, lines=("AAAAA-" * 5 + "AAAAA",))
    assert ended.returncode == 3
    assert "does not add up" in problem(ended)


def test_a_damaged_database_is_four_and_only_read(own: Path) -> None:
    (database,) = own.glob("vault-*.db")
    data = bytearray(database.read_bytes())
    data[-100] ^= 1
    database.write_bytes(data)
    ended = vault("check", folder=own)
    assert ended.returncode == 4
    assert "key file      whole" in ended.stdout
    assert "The database of this vault is damaged: 1 page" in problem(ended)
    for words in (("forget", "--all", "--yes"), ("backup",), ("recovery", "remove", "--yes")):
        assert vault(*words, folder=own).returncode == 4
    assert database.read_bytes() == data
    saved = own.parent / "saved.md"
    ended = vault("export", "--as", "markdown", saved, "--yes", folder=own)
    assert ended.returncode == 0
    assert ended.stdout.startswith("The vault is damaged, so the file may lack something")
    assert saved.read_text().count(SHAREABLE) == 3  # the last page holds none of it


@pytest.mark.parametrize(("old", "new"), [('"salt":"', '"salt":"00'), ('"version":1', '"version":"one"')])
def test_a_damaged_key_file_is_four(old: str, new: str, own: Path) -> None:
    key_file = own / "vault.key"
    key_file.write_text(key_file.read_text().replace(old, new, 1))
    ended = vault("check", folder=own)
    assert ended.returncode == 4
    assert "key file vault.key" in problem(ended)


def test_a_missing_key_file_is_four_and_a_missing_database_tells_so(own: Path) -> None:
    (database,) = own.glob("vault-*.db")
    database.rename(own.parent / "kept")
    ended = vault("check", folder=own)
    assert ended.returncode == 1
    assert f"database {database.name} is missing" in problem(ended)
    (own.parent / "kept").rename(database)
    (own / "vault.key").unlink()
    ended = vault("check", folder=own)
    assert ended.returncode == 4
    assert "key file vault.key is missing" in problem(ended)


def test_a_newer_vault_is_six_before_anything_is_asked(own: Path) -> None:
    key_file = own / "vault.key"
    body = key_file.read_bytes().partition(b',"check":"')[0].replace(b'"version":1', b'"version":2')
    key_file.write_bytes(body + b',"check":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n')
    ended = vault("check", folder=own, lines=())
    assert ended.returncode == 6
    assert "newer cotutor" in problem(ended)


def test_a_link_in_the_place_of_the_key_file_is_refused(own: Path) -> None:
    (own / "vault.key").rename(own / "vault.elsewhere")
    (own / "vault.key").symlink_to(own / "vault.elsewhere")
    assert "link" in problem(vault("check", folder=own))


# ---------------------------------------------------------------- making, keys


def test_a_weak_passphrase_makes_no_vault_and_leaves_no_folder(tmp_path: Path) -> None:
    for weak in ("Krankenhaus1", "Sommer2024!"):
        ended = vault("create", folder=tmp_path / "new" / "vault", lines=(weak,))
        assert ended.returncode == 1
        assert "too weak" in problem(ended)
        assert weak not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_made_neither_twice_nor_among_other_files(original: Path, tmp_path: Path) -> None:
    assert "already a vault" in problem(vault("create", folder=original, lines=(OTHER,)))
    (tmp_path / ".profile").touch()
    before = tmp_path.stat().st_mode
    assert "other files" in problem(vault("create", folder=tmp_path, lines=(OTHER,)))
    assert tmp_path.stat().st_mode == before


def test_the_passphrase_changes_and_a_recovery_key_opens_until_re_encrypted(own: Path) -> None:
    command = [COTUTOR, "vault", "recovery", "add", "--vault", str(own), "--passphrase-stdin"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as adding:
        assert adding.stdin is not None
        assert adding.stdout is not None
        adding.stdin.write(f"{PASSPHRASE}\n")
        adding.stdin.flush()
        adding.stdout.readline()
        key = adding.stdout.readline().strip()
        assert re.fullmatch("([0-9A-Z]{5}-){5}[0-9A-Z]{5}", key)
        adding.communicate(f"{key.lower().replace('-', ' ')}\n")
        assert adding.wait() == 0
    ended = vault("passphrase", "--re-encrypt", "--recovery-key", folder=own, lines=(key, OTHER))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "The recovery key has ended" in ended.stdout
    assert vault("check", "--recovery-key", folder=own, lines=(key,)).returncode == 3
    assert vault("check", folder=own, lines=(PASSPHRASE,)).returncode == 3
    assert vault("check", folder=own, lines=(OTHER,)).returncode == 0


def test_a_recovery_key_that_is_not_typed_back_does_not_count(own: Path) -> None:
    ended = vault("recovery", "add", folder=own, lines=(PASSPHRASE, "AAAAA-" * 5 + "AAAAA"))
    assert ended.returncode == 3
    assert "recovery key  none" in vault("check", folder=own).stdout
    assert "has no recovery key" in vault("recovery", "remove", folder=own).stdout


# ---------------------------------------------------------------- backups


def test_backups_are_made_listed_tried_and_put_back(own: Path) -> None:
    ended = vault("backup", folder=own)
    assert (ended.returncode, ended.stderr) == (0, "")
    (made,) = (own / "backups").iterdir()
    assert f"found whole: 3 reflections, in\n{made}\n" in ended.stdout
    assert made.name in vault("backup", "--list", folder=own, lines=()).stdout
    before = {path: path.stat().st_mtime_ns for path in own.rglob("*")}
    ended = vault("restore", made.name, "--drill", folder=own)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "opens and is whole: 3 reflections" in ended.stdout
    assert {path: path.stat().st_mtime_ns for path in own.rglob("*")} == before
    assert vault("forget", "--all", "--keep-backups", "--yes", folder=own).returncode == 0
    assert vault("restore", made.name, folder=own).returncode == 2
    assert uids(own) == []
    ended = vault("restore", made.name, "--yes", folder=own)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(uids(own)) == 3
    assert len(list((own / "backups").glob("replaced-*"))) == 1


def test_a_backup_elsewhere_restores_into_a_new_folder(own: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o755)
    assert vault("backup", disk, folder=own).returncode == 0
    assert disk.stat().st_mode & 0o777 == 0o755
    (made,) = (disk / "cotutor-backups").iterdir()
    assert str(made) in vault("backup", disk, "--list", folder=own, lines=()).stdout
    assert vault("restore", made, "--yes", folder=tmp_path / "fresh").returncode == 0
    assert len(uids(tmp_path / "fresh")) == 3


def test_what_is_no_sound_backup_is_not_restored(own: Path, tmp_path: Path) -> None:
    assert "There is no backup" in problem(vault("restore", "2020-01-01-000000", "--yes", folder=own))
    spoilt = copied(own, tmp_path / "spoilt")
    (database,) = spoilt.glob("vault-*.db")
    data = bytearray(database.read_bytes())
    data[-100] ^= 1
    database.write_bytes(data)
    before = (own / "vault.key").read_bytes()
    ended = vault("restore", spoilt, "--yes", folder=own)
    assert ended.returncode == 4
    assert "That backup is damaged" in problem(ended)
    assert (own / "vault.key").read_bytes() == before


def test_a_wrong_passphrase_leaves_no_empty_folder_for_backups(own: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    assert vault("backup", disk, folder=own, lines=(OTHER,)).returncode == 3
    assert list(disk.iterdir()) == []


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("form", [one.name for one in FORMATS.values() if not one.whole])
def test_an_export_has_the_shareable_boxes_only(form: str, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    ended = vault("export", "--as", form, path, "--yes", folder=own)
    assert (ended.returncode, ended.stderr) == (0, "")
    text = path.read_text()
    assert text.count(SHAREABLE) == 3
    assert PRIVATE not in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert "This file is not encrypted." in ended.stdout
    assert "What might identify somebody: 6 (NHS number 3, name with a title 3)." in ended.stdout
    assert SHAREABLE not in ended.stdout
    ended = vault("export", "--as", form, path, "--yes", "--everything", folder=own)
    assert ended.returncode == 1
    assert "is there already" in problem(ended)
    words = ("--from", "1/5/2026", "--to", "2026-06-01", "--everything", "--replace", "--yes")
    assert vault("export", "--as", form, path, *words, folder=own).returncode == 0
    text = path.read_text()
    assert (text.count("June"), text.count("March"), text.count("September")) == (1, 0, 0)
    assert PRIVATE in text


def test_an_export_goes_only_where_it_can_do_no_harm(own: Path, tmp_path: Path) -> None:
    before = (own / "vault.key").read_bytes()
    for path, said in (
        (own / "vault.key", "does not belong"),
        (own / "backups" / "x", "There is no folder"),
        (tmp_path / "none" / "x", "There is no folder"),
        (tmp_path, "is a folder"),
    ):
        ended = vault("export", "--as", "csv", path, "--replace", "--yes", folder=own)
        assert ended.returncode == 1
        assert said in problem(ended)
    assert (own / "vault.key").read_bytes() == before


def test_a_round_trip_through_plain_and_encrypted_json(own: Path, tmp_path: Path) -> None:
    plain, sealed = tmp_path / "plain.json", tmp_path / "sealed.age"
    assert vault("export", "--as", "json", "--everything", plain, "--yes", folder=own).returncode == 0
    sealed.write_bytes(cheaply_encrypted(plain.read_bytes(), OTHER))
    assert vault("import", plain, folder=own).stdout.endswith("0 new, 0 changed since, 4 known already.\n")
    assert vault("forget", "--reflection", uids(own)[0], "--yes", folder=own).returncode == 0
    assert vault("import", sealed, folder=own, lines=(PASSPHRASE, PASSPHRASE)).returncode == 3
    ended = vault("import", sealed, folder=own, lines=(PASSPHRASE, OTHER))
    assert ended.stdout.endswith("1 new, 0 changed since, 3 known already.\n")
    assert len(json.loads(plain.read_bytes())["reflections"]) == len(uids(own))


@pytest.mark.needs("age")
def test_an_encrypted_export_was_never_plain_and_opens_with_age(own: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "sealed.age"
    words = ("export", "--as", "json", "--everything", "--encrypted", sealed)
    ended = vault(*words, folder=own, lines=(PASSPHRASE, "Sommer2024!"))
    assert ended.returncode == 1
    assert not sealed.exists()
    ended = vault(*words, folder=own, lines=(PASSPHRASE, OTHER))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert PRIVATE.encode() not in sealed.read_bytes()
    with PseudoTerminal(["age", "-d", "-o", str(tmp_path / "opened"), str(sealed)]) as terminal:
        terminal.wait_for("passphrase")
        terminal.type(f"{OTHER}\r")
        assert terminal.end() == 0
    opened = (tmp_path / "opened").read_text()
    assert SHAREABLE in opened
    assert PRIVATE in opened
    assert len(json.loads(opened)["reflections"]) == len(uids(own))


@pytest.mark.parametrize("content", ["", "{}", '{"format": "CANARYSHARED7391"}', "[" * 10_000])
def test_what_is_no_export_is_not_imported(content: str, original: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(content)
    ended = vault("import", path, folder=original)
    assert ended.returncode == 1
    assert "Nothing was imported" in problem(ended)


def test_forgetting_one_leaves_the_others_under_a_fresh_key_and_a_fresh_backup(own: Path) -> None:
    first, second, third = uids(own)
    assert vault("backup", folder=own).returncode == 0
    before = {path.name for path in own.rglob("*")}
    ended = vault("forget", "--reflection", "0" * 16, "--yes", folder=own)
    assert "There is no reflection 0000000000000000" in problem(ended)
    ended = vault("forget", "--reflection", second, second, "--yes", folder=own)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Forgotten: 1 reflection." in ended.stdout
    assert "replaced by a fresh one" in ended.stdout
    assert uids(own) == [first, third]
    after = {path.name for path in own.rglob("*")}
    assert before & after == {"vault.key", "vault.lock", "backups"}


# ---------------------------------------------------------------- nothing leaks


@pytest.mark.needs("strace")
@pytest.mark.parametrize(("more", "times"), [((), 1), (("--encrypted",), 0)])
def test_an_export_writes_in_the_targets_folder_and_the_vaults_and_starts_nothing(
    more: tuple[str, ...], times: int, own: Path, tmp_path: Path
) -> None:
    place, trace = tmp_path / "place", tmp_path / "trace"
    place.mkdir()
    ended = subprocess.run(
        [
            *(
                "strace",
                "-f",
                "-s",
                "10000",
                "-o",
                trace,
                "-e",
                "trace=%file,%network,%process,write,pwrite64",
            ),
            *(COTUTOR, "vault", "export", "--as", "markdown", place / "out", "--vault", own),
            *("--passphrase-stdin", "--yes", *more),
        ],
        input=f"{PASSPHRASE}\n{OTHER}\n".encode(),
        capture_output=True,
        timeout=120,
        check=False,
        start_new_session=True,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    calls = trace.read_text(errors="replace").splitlines()
    changing = re.compile(
        r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC| (mkdir|unlink|rename|link|symlink|chmod|truncate)\w*\("
    )
    places = re.compile(rf'"(?:{re.escape(str(place))}|{re.escape(str(own))}|/dev/tty|/dev/null)[/"]')
    changed = [call for call in calls if changing.search(call)]
    assert any(str(place / ".out.") in call for call in changed)
    assert [call for call in changed if not places.search(call)] == []
    assert [call for call in calls if "socket(" in call or " connect(" in call] == []
    assert sum(" execve(" in call for call in calls) == 1
    assert not any(secret in call for call in calls for secret in SECRETS)
    assert sum(SHAREABLE in call for call in calls) == times
    assert [path.name for path in place.iterdir()] == ["out"]


ADDED = """
import sys
from cotutor.vault.export import FORMATS, Format
FORMATS["plain"] = Format("plain", ".txt", "the bare text", lambda held, _: "|".join(one.shareable for one in held.reflections))
from cotutor.cli import main
sys.exit(main())
"""


def test_a_format_that_is_added_to_the_table_can_be_exported(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    words = (
        "vault",
        "export",
        "--as",
        "plain",
        str(path),
        "--yes",
        "--vault",
        str(own),
        "--passphrase-stdin",
    )
    ended = subprocess.run(
        [sys.executable, "-c", ADDED, *words],
        input=f"{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert path.read_text().count(SHAREABLE) == 3
    assert "csv, html or plain" in vault_help(ADDED)


def vault_help(program: str) -> str:
    """The help of an export, in one line."""
    ended = subprocess.run(
        [sys.executable, "-c", program, "vault", "export", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    return " ".join(ended.stdout.split())
