"""The notice for the second window: private, without names, and never believed for longer than it is true."""

import os
import stat
from pathlib import Path

import msgspec
import pytest

from cotutor.content.workshop import PROGRAMMES
from cotutor.domain.commands import Next, Pause
from cotutor.domain.errors import CotutorError, InUse, ReadOnly
from cotutor.services import noticeboard
from cotutor.services.noticeboard import (
    STALE_AFTER,
    Lookout,
    Notice,
    Noticeboard,
    Posted,
    posted,
    private_folder,
)
from cotutor.services.workshop_runner import WorkshopRunner
from tests.fakes import FakeClock

POSTED = Posted(
    2, 1, 60_000, 120_000, 1_700_000_000_000, 1, held=False, over=False, people=3, seats=((1, 2, 3),)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return private_folder()


def test_the_folder_is_private_and_in_the_runtime_folder(folder: Path, tmp_path: Path) -> None:
    assert folder == tmp_path / "cotutor"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert private_folder() == folder


@pytest.mark.parametrize("runtime", ["", "relative", "/nonexistent-folder"])
def test_without_a_runtime_folder_it_is_a_private_one_among_temporary_files(
    runtime: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = private_folder()
    assert folder == tmp_path / f"cotutor-{os.getuid()}"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_runtime_folder_that_others_can_read_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert private_folder().parent == tmp_path


def test_a_folder_prepared_by_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    trap = tmp_path / f"cotutor-{os.getuid()}"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    trap.symlink_to(elsewhere)
    with pytest.raises(ReadOnly):
        private_folder()
    trap.unlink()
    trap.mkdir()
    trap.chmod(0o777)
    with pytest.raises(ReadOnly):
        private_folder()
    trap.chmod(0o700)
    monkeypatch.setattr("os.getuid", lambda: trap.stat().st_uid + 1)
    (tmp_path / f"cotutor-{os.getuid()}").symlink_to(trap)
    with pytest.raises(ReadOnly):
        private_folder()


def test_what_is_put_up_is_seen_and_counts_down_by_itself(folder: Path) -> None:
    clock = FakeClock()
    board, lookout = Noticeboard(folder, clock), Lookout(folder, clock)
    assert lookout.look() is None
    board.put_up("half-day", POSTED)
    notice = lookout.look()
    assert notice
    assert notice.programme == "half-day"
    assert lookout.now(notice) == POSTED
    clock.go(seconds=10)
    later = lookout.now(notice)
    assert (later.left, later.wall) == (50_000, POSTED.wall + 10_000)
    assert stat.S_IMODE((folder / "workshop").stat().st_mode) == 0o600
    board.take_down()
    assert lookout.look() is None
    assert list(folder.iterdir()) == []
    board.take_down()


def test_a_rehearsal_counts_faster_and_a_pause_not_at_all() -> None:
    fast = msgspec.structs.replace(POSTED, speed=20)
    assert fast.after(1_000).left == 40_000
    assert msgspec.structs.replace(POSTED, held=True).after(1_000).left == 60_000
    assert POSTED.after(-5) == POSTED


def test_the_file_holds_numbers_and_no_name(folder: Path) -> None:
    clock = FakeClock()
    room = WorkshopRunner(PROGRAMMES.named("half-day").value, clock, lambda *_: None, lambda _: None)
    room.start()
    for _ in range(4):
        room.send(Next())
    Noticeboard(folder, clock).put_up("half-day", posted(room, 3, ((3, 1, 2),)))
    held = msgspec.json.decode((folder / "workshop").read_bytes())
    texts = {key: value for key, value in (held | held["posted"]).items() if isinstance(value, str)}
    assert set(texts) == {"boot", "programme"}
    assert texts["programme"] == "half-day"
    assert held["posted"]["seats"] == [[3, 1, 2]]


def test_what_is_posted_of_a_room_is_where_it_is(folder: Path) -> None:
    clock = FakeClock()
    room = WorkshopRunner(PROGRAMMES.named("lunchtime").value, clock, lambda *_: None, lambda _: None)
    room.start()
    room.go_to(4)
    room.send(Next())
    clock.go(seconds=20)
    room.tick()
    room.send(Pause())
    there = posted(room, 2, ((1, 2),))
    assert (there.section, there.phase, there.held, there.over) == (4, 1, True, False)
    assert (there.left, there.agreed) == (700_000, 720_000)
    room.go_to(5)
    room.send(Next())
    assert posted(room, 2, ()).over


def test_only_one_workshop_at_a_time(folder: Path) -> None:
    clock = FakeClock()
    Noticeboard(folder, clock).put_up("half-day", POSTED)
    with pytest.raises(InUse):
        Noticeboard(folder, clock)


def test_a_notice_of_a_process_that_is_gone_is_not_believed_and_is_swept_away(folder: Path) -> None:
    clock = FakeClock()
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    _forge(folder, clock, pid=gone)
    assert Lookout(folder, clock).look() is None
    Noticeboard(folder, clock)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "change", [{"boot": "another start of the computer"}, {"at": 5_000_000 - STALE_AFTER - 1}, {"pid": 2**40}]
)
def test_a_notice_of_another_boot_or_too_old_is_not_believed(folder: Path, change: dict[str, object]) -> None:
    clock = FakeClock()
    _forge(folder, clock)
    assert Lookout(folder, clock).look() is not None
    _forge(folder, clock, **change)
    assert Lookout(folder, clock).look() is None


def test_a_notice_grows_stale_while_it_is_looked_at_and_lives_again_when_renewed(folder: Path) -> None:
    clock = FakeClock()
    board, lookout = Noticeboard(folder, clock), Lookout(folder, clock)
    board.put_up("half-day", POSTED)
    assert lookout.look()
    clock.go(milliseconds=STALE_AFTER + 1)
    assert lookout.look() is None
    board.put_up("half-day", POSTED)
    assert lookout.look()


def test_the_lookout_opens_the_file_only_when_it_has_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    board, lookout = Noticeboard(folder, clock), Lookout(folder, clock)
    board.put_up("half-day", POSTED)
    opened: list[object] = []
    real = os.open

    def noted(path: str | Path, flags: int, mode: int = 0o777) -> int:
        opened.append(path)
        return real(path, flags, mode)

    monkeypatch.setattr("os.open", noted)
    for _ in range(5):
        assert lookout.look()
    assert len(opened) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\xff\xfe", b"[" * 20_000, b"x" * 1_000_000, b'{"format":1}', b"null"],
    ids=["empty", "nothing", "no text", "brackets", "large", "too little", "null"],
)
def test_whatever_lies_in_its_place_is_no_notice(folder: Path, content: bytes) -> None:
    file = folder / "workshop"
    file.write_bytes(content)
    file.chmod(0o600)
    assert Lookout(folder, FakeClock()).look() is None


def test_links_pipes_and_files_open_to_others_are_no_notice(folder: Path, tmp_path: Path) -> None:
    clock = FakeClock()
    file = folder / "workshop"
    _forge(folder, clock)
    file.chmod(0o644)
    assert Lookout(folder, clock).look() is None
    file.chmod(0o600)
    elsewhere = tmp_path / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert Lookout(folder, clock).look() is None
    file.unlink()
    os.mkfifo(file, 0o600)
    assert Lookout(folder, clock).look() is None


def test_a_link_in_the_place_of_the_coming_notice_is_not_followed(folder: Path, tmp_path: Path) -> None:
    board = Noticeboard(folder, FakeClock())
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (folder / "workshop.new").symlink_to(victim)
    with pytest.raises(CotutorError, match="can't be written"):
        board.put_up("half-day", POSTED)
    assert victim.read_text() == "mine"


def test_a_folder_that_is_gone_is_told_once_and_looked_for_in_vain(folder: Path) -> None:
    board = Noticeboard(folder, FakeClock())
    folder.rmdir()
    with pytest.raises(CotutorError):
        board.put_up("half-day", POSTED)
    assert Lookout(folder, FakeClock()).look() is None


def _forge(folder: Path, clock: FakeClock, **change: object) -> None:
    lookout = Lookout(folder, clock)
    notice = Notice(1, os.getpid(), lookout.boot, clock.now(), "half-day", POSTED)
    file = folder / "workshop"
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(notice, **change)))
    file.chmod(0o600)


def test_the_boot_id_is_empty_where_there_is_none(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(noticeboard, "_BOOT_ID", Path("/nonexistent"))
    assert Lookout(folder, FakeClock()).boot == ""
