"""What the doctor says about made-up computers, and about this one."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cotutor.process.protection import Protection
from cotutor.services import doctor
from cotutor.services.doctor import State, computer, folders, installation, process, table, terminal

# A runner of tests may have threads, which newer Pythons warn of; the program has one when it looks.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def tree(root: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


LAYERS = ("audit hook", "Landlock", "seccomp", "core files", "memory")
HEAD = "Filename\tType\tSize\tUsed\tPriority\n"


@pytest.mark.parametrize(
    ("files", "state"),
    [
        ({}, State.UNKNOWN),
        ({"proc/swaps": HEAD}, State.PROTECTS),
        ({"proc/swaps": f"{HEAD}/dev/zram0 partition 8 0 100\n"}, State.PROTECTS),
        ({"proc/swaps": f"{HEAD}/dev/sda2 partition 8 0 -2\n"}, State.DOES_NOT),
        ({"proc/swaps": f"{HEAD}/swapfile file 8 0 -2\n"}, State.DOES_NOT),
        (
            {
                "proc/swaps": f"{HEAD}/dev/dm-1 partition 8 0 -2\n",
                "sys/class/block/dm-1/dm/uuid": "CRYPT-LUKS2-a-swap\n",
            },
            State.PROTECTS,
        ),
        (
            {
                "proc/swaps": f"{HEAD}/dev/dm-1 partition 8 0 -2\n",
                "sys/class/block/dm-1/dm/uuid": "LVM-abc\n",
            },
            State.DOES_NOT,
        ),
        ({"proc/swaps": f"{HEAD}/dev/zram0 partition 8 0 100\n/dev/sda2 partition 8 0 -2\n"}, State.DOES_NOT),
    ],
)
def test_swap(files: dict[str, str], state: State, tmp_path: Path) -> None:
    found = computer.about_swap(tree(tmp_path, files))
    assert found.state is state
    assert bool(found.advice) == (state is not State.PROTECTS)


def test_crash_reports_are_named_only_if_a_program_takes_them(tmp_path: Path) -> None:
    pattern = "proc/sys/kernel/core_pattern"
    assert list(computer.about_crash_reports(tmp_path)) == []
    assert list(computer.about_crash_reports(tree(tmp_path, {pattern: "core\n"}))) == []
    piped = tree(tmp_path, {pattern: "|/usr/share/apport/apport -p%p -s%s\n"})
    (found,) = computer.about_crash_reports(piped)
    assert "apport" in found.sentence
    assert "-p%p" not in found.sentence


@pytest.mark.parametrize(
    ("scope", "state"), [("0", State.NOTE), ("1", State.PROTECTS), ("3", State.PROTECTS)]
)
def test_watching(scope: str, state: State, tmp_path: Path) -> None:
    assert list(computer.about_watching(tmp_path)) == []
    (found,) = computer.about_watching(tree(tmp_path, {"proc/sys/kernel/yama/ptrace_scope": f"{scope}\n"}))
    assert found.state is state


def test_a_disk_can_never_be_seen_from_here() -> None:
    assert computer.about_disk().state is State.UNKNOWN
    assert computer.about_disk().advice


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/a/Dropbox/vault", "Dropbox"),
        ("/Users/a/OneDrive - NHS/vault", "OneDrive"),
        ("/Users/a/Library/Mobile Documents/x", "iCloud"),
        ("/Users/a/Library/CloudStorage/GoogleDrive-a/x", "a cloud drive"),
        ("/home/a/My Drive/x", "Google Drive"),
        ("/home/a/Nextcloud/x", "Nextcloud"),
        ("/home/a/.local/share/cotutor/vault", None),
        ("/home/a/boxes/x", None),
    ],
)
def test_folders_that_are_copied_elsewhere(path: str, service: str | None) -> None:
    assert folders.cloud_of(Path(path)) == service


def test_a_link_into_a_cloud_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "real").mkdir(parents=True)
    (tmp_path / "vault").symlink_to(tmp_path / "Dropbox" / "real")
    states = {finding.name: finding.state for finding in folders.about_vault(tmp_path / "vault")}
    assert states["cloud"] is State.DOES_NOT


def test_the_vaults_permissions_and_that_nothing_is_created(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (none,) = folders.about_vault(vault)
    assert none.state is State.NOTE
    assert not vault.exists()
    vault.mkdir(mode=0o700)
    (vault / "vault.key").touch(mode=0o600)
    (tight,) = folders.about_vault(vault)
    assert tight.state is State.PROTECTS
    (vault / "vault.key").chmod(0o644)
    (loose,) = folders.about_vault(vault)
    assert (loose.state, "vault.key" in loose.sentence) == (State.DOES_NOT, True)
    vault.chmod(0o755)
    (open_,) = folders.about_vault(vault)
    assert "vault, vault.key" in open_.sentence


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({}, []),
        ({"TMUX": "x"}, ["tmux"]),
        ({"STY": "x"}, ["GNU screen"]),
        ({"TMUX": "x", "STY": "x"}, ["tmux", "GNU screen"]),
    ],
)
def test_multiplexers(environ: dict[str, str], names: list[str]) -> None:
    found = list(terminal.about_multiplexer(environ))
    assert [finding.name for finding in found] == names
    assert all(finding.state is State.DOES_NOT and finding.advice for finding in found)


def test_the_terminal_is_described() -> None:
    assert list(terminal.about_remote({})) == []
    assert len(list(terminal.about_remote({"SSH_TTY": "/dev/pts/1"}))) == 1
    assert "bell-action" in terminal.about_bell({"TMUX": "x"}).sentence
    assert "Ghostty" in terminal.about_bell({"TERM_PROGRAM": "ghostty"}).sentence
    assert "NO_COLOR" in terminal.about_colours({"NO_COLOR": "", "COLORTERM": "truecolor"}).sentence
    assert "all colours" in terminal.about_colours({"COLORTERM": "truecolor"}).sentence
    assert "256" in terminal.about_colours({"TERM": "screen-256color"}).sentence
    assert "few" in terminal.about_colours({"TERM": "vt100"}).sentence


@pytest.mark.parametrize(
    ("size", "word"),
    [((39, 24), "too small"), ((80, 11), "too small"), ((60, 20), "reduced"), ((80, 24), "enough.")],
)
def test_the_size_of_the_terminal(size: tuple[int, int], word: str) -> None:
    (found,) = terminal.about_size(size)
    assert word in found.sentence
    assert list(terminal.about_size(None)) == []


def test_versions_and_compiled_modules() -> None:
    assert "cotutor " in installation.about_versions().sentence
    assert "is missing" not in installation.about_versions().sentence
    assert all("compileall" in finding.advice for finding in installation.about_start())


def test_what_holds_here_is_tried_and_not_guessed() -> None:
    found = {finding.name: finding.state for finding in process.about_fence()}
    assert set(found) == {"own refusal", "kernel, files", "kernel, network", "crashes", "memory"}
    assert set(found.values()) == {State.PROTECTS}
    # This process itself is not fenced in by it.
    subprocess.run([sys.executable, "-c", ""], check=True)


def test_every_layer_that_is_missing_is_said_with_advice_or_reason() -> None:
    missing = [Protection(name, holds=False, detail="this system has none") for name in LAYERS]
    found = list(process.about_fence(lambda: missing))
    assert len(found) == len(LAYERS)
    assert {finding.state for finding in found} == {State.DOES_NOT}
    assert all("this system has none" in finding.sentence for finding in found)


def test_a_trial_that_fails_is_not_passed_over_in_silence() -> None:
    def fail() -> Iterator[Protection]:
        yield Protection("seccomp", holds=True, detail="")
        raise RuntimeError

    (found,) = process.about_fence(fail)
    assert (found.state, bool(found.advice)) == (State.UNKNOWN, True)


def test_what_another_account_could_change_is_told(tmp_path: Path) -> None:
    config = tmp_path / "it's mine"
    assert "no plans" in folders.about_config(config).sentence
    assert not config.exists()
    (config / "plans").mkdir(parents=True)
    config.chmod(0o755)
    (config / "plans").chmod(0o755)
    assert folders.about_config(config).state is State.NOTE
    (config / "plans").chmod(0o775)
    found = folders.about_config(config)
    assert found.state is State.DOES_NOT
    assert "may change plans." in found.sentence
    # The advice can be pasted into a shell, whatever the folder's name.
    assert shlex.split(found.advice)[-1] == str(config)


def test_what_belongs_to_another_account_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "vault.key"
    key.touch(mode=0o600)
    tmp_path.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(key, 12345, -1)
    else:  # only an administrator can give a file away, so the person changes instead
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    (found,) = folders.about_vault(tmp_path)
    assert found.state is State.DOES_NOT
    assert "vault.key" in found.sentence


def test_a_folder_that_cannot_be_looked_into_is_not_called_empty(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for found in (folders.about_config(loop), *folders.about_vault(loop)):
        assert found.state is State.UNKNOWN
        assert str(loop) in found.sentence


def test_a_folder_with_other_things_in_it_is_no_vault(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch(mode=0o644)
    (found,) = folders.about_vault(tmp_path)
    assert (found.state, found.advice) == (State.NOTE, "")


def test_one_guess_is_timed() -> None:
    found = doctor.time_key_derivation()
    assert found.state is State.PROTECTS
    assert "256 MiB" in found.sentence


def test_every_row_of_the_table_is_looked_up_somewhere() -> None:
    folder = Path(doctor.__file__).parent
    sources = "".join(file.read_text() for file in folder.glob("*.py") if file.name != "table.py")
    layers = {f"{no}{layer}" for layer in LAYERS for no in ("", "no ")}
    assert [key for key in table.TABLE if key not in layers and f'"{key}"' not in sources] == []


def test_findings_come_in_the_order_of_the_table_whatever_was_looked_at_first() -> None:
    found = (
        table.found("versions", parts="x"),
        table.found("multiplexer", name="tmux"),
        table.found("swap"),
        table.found("guard"),
    )
    assert [finding.name for finding in table.in_order(found)] == ["guard", "swap", "tmux", "versions"]


def test_what_is_found_is_not_taken_for_a_place_in_the_words() -> None:
    assert "{folder}/{0}" in table.found("no vault", folder="{folder}/{0}").sentence
