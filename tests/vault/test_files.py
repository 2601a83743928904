import errno
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotutor.domain.errors import CotutorError, Damaged, DiskFull, ReadOnly
from cotutor.vault import files


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The umask of a person who hides nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("open_umask")
def test_what_is_written_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    files.private_folder(tmp_path / "one" / "two")
    assert mode(tmp_path / "one" / "two") == 0o700
    files.write_new(tmp_path / "new", b"a")
    files.write(tmp_path / "written", b"b")
    files.create(tmp_path / "empty")
    assert [mode(path) for path in tmp_path.iterdir() if path.is_file()] == [0o600] * 3


def test_a_folder_that_others_may_enter_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    files.private_folder(tmp_path)
    assert mode(tmp_path) == 0o700


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for data in (b"longer than the next", b"new"):
        files.write(path, data)
        assert path.read_bytes() == data
        assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_replaced_is_told_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "folder" / "in it").mkdir(parents=True)
    with pytest.raises(CotutorError, match="could not write"):
        files.write(tmp_path / "folder", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


@pytest.mark.parametrize("make", [files.create, lambda path: files.write_new(path, b"new")])
@pytest.mark.parametrize(
    "there", [lambda path: path.write_bytes(b"old"), lambda path: path.symlink_to("nowhere")]
)
def test_a_new_file_takes_nobodys_name(tmp_path: Path, make: object, there: object) -> None:
    there(tmp_path / "name")  # type: ignore[operator]  # one of the two above
    before = os.lstat(tmp_path / "name")
    with pytest.raises(CotutorError):
        make(tmp_path / "name")  # type: ignore[operator]  # one of the two above
    after = os.lstat(tmp_path / "name")
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)
    assert len(list(tmp_path.iterdir())) == 1


def test_no_more_is_read_than_cotutor_writes(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert files.read(tmp_path / "file", 5) == b"12345"
    with pytest.raises(Damaged, match="larger"):
        files.read(tmp_path / "file", 4)


def test_nothing_but_an_ordinary_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    for name, why in (
        ("link", "a link stands"),
        ("pipe", "not an ordinary file"),
        (".", "could not read"),
    ):
        with pytest.raises(CotutorError, match=why):
            files.read(tmp_path / name, 5)
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path / "nowhere", 5)


def test_a_link_is_not_flushed_and_a_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("file")
    files.sync(tmp_path / "file")
    for name in ("link", "nowhere"):
        with pytest.raises(CotutorError):
            files.sync(tmp_path / name)
    with pytest.raises(CotutorError):
        files.sync_folder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, DiskFull, "The disk is full: cotutor could not write it"),
        (errno.EDQUOT, DiskFull, "make room"),
        (errno.EFBIG, DiskFull, "make room"),
        (errno.EROFS, ReadOnly, "does not allow it"),
        (errno.EACCES, ReadOnly, "does not allow it"),
        (errno.EPERM, ReadOnly, "does not allow it"),
        (errno.ELOOP, CotutorError, "Remove the link"),
        (errno.EIO, CotutorError, "cotutor could not write it: Input/output error."),
    ],
)
def test_what_the_system_refuses_becomes_an_error_for_a_person(
    number: int, kind: type[CotutorError], said: str
) -> None:
    with pytest.raises(CotutorError, match=said) as raised, files.translated("write it"):
        raise OSError(number, os.strerror(number), "/a/path")
    assert type(raised.value) is kind
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_what_has_lost_its_name_is_zeros_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"secret" * 1000)
    with path.open("r+b") as file:
        file.seek(100)
        files.overwrite(file.fileno())
    assert path.read_bytes() == bytes(6000)


def test_what_is_gone_already_is_removed_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    files.remove(tmp_path / "file")
    files.remove(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_only_a_file_with_something_in_it_is_plain(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "one").write_bytes(b"1")
    (tmp_path / "link").symlink_to("one")
    assert files.is_plain(tmp_path / "one")
    assert not files.is_plain(tmp_path / "empty")
    assert not files.is_plain(tmp_path / "nowhere")
    for name in ("link", "."):
        with pytest.raises(CotutorError, match="a link or no ordinary file"):
            files.is_plain(tmp_path / name)
    with pytest.raises(CotutorError, match="cannot be reached"):
        files.is_plain(tmp_path / "one" / "below")


def test_what_does_not_fit_is_told_and_removed(tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))
    try:
        with pytest.raises(DiskFull):
            files.write_new(tmp_path / "file", bytes(100))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_open(tmp_path: Path) -> None:
    files.create(tmp_path / "empty")
    files.write(tmp_path / "file", b"new")
    files.sync(tmp_path / "file")
    files.sync_folder(tmp_path)
    files.read(tmp_path / "file", 3)
    opened = [os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()]
    assert not [path for path in opened if path.startswith(str(tmp_path))]
