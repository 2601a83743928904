"""What was written is on the disk before anything relies on it: the system calls of every operation."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

WATCHED = "openat,write,pwrite64,ftruncate,sendfile,copy_file_range,rename,unlink,fsync,fdatasync"
_CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (\d+)")
_OF_DESCRIPTOR = re.compile(r"\d+<([^>]*)>")
_NAMED = re.compile(r'"([^"]*)"')


class Disk:
    """What of a folder a power cut would leave undone."""

    def __init__(self, folder: Path) -> None:
        self.folder = f"{folder}/"
        self.bytes: set[str] = set()
        """Files with bytes that are not on the disk."""
        self.names: set[str] = set()
        """New, changed and removed names of files that are not on the disk."""
        self.doing = "start"
        self.problems: list[str] = []
        self.flushed = 0

    def call(self, name: str, arguments: str) -> None:
        """See one successful system call."""
        opened = _OF_DESCRIPTOR.match(arguments)
        named = [one for one in _NAMED.findall(arguments) if one.startswith(self.folder)]
        path = opened[1] if opened else ""
        match name:
            case "write" if arguments.startswith("1<"):
                self._next(arguments.partition('"')[2].partition("\\n")[0])
            case "write" | "pwrite64" | "ftruncate" | "sendfile" | "copy_file_range" if path.startswith(
                self.folder
            ):
                self.bytes.add(path)
            case "fsync" | "fdatasync" if path.startswith(self.folder.rstrip("/")):
                self.flushed += 1
                self.bytes.discard(path)
                self.names = {one for one in self.names if one.rpartition("/")[0] != path}
            case "openat" if named and "O_CREAT" in arguments and not named[0].endswith(".lock"):
                self.names.add(named[0])
            case "unlink" if named:
                self._unlink(named[0])
            case "rename" if named:
                self._rename(*named)

    def _next(self, name: str) -> None:
        self._report("at the end", self.bytes | self.names)
        self.doing = name

    def _unlink(self, path: str) -> None:
        self.bytes.discard(path)
        if path.endswith("-journal"):
            self.names.add(path)  # while the journal may come back, its transaction may be undone
        else:
            self.names.discard(path)

    def _rename(self, source: str, target: str) -> None:
        below = {one for one in self.bytes | self.names if one == source or one.startswith(f"{source}/")}
        self._report(f"as {target.rpartition('/')[2]} got its name", below - {source} | (below & self.bytes))
        if target.endswith("/vault.key"):
            self._report("as the key file changed", (self.bytes | self.names) - {source})
        self.names.discard(source)
        self.names.add(target)

    def _report(self, when: str, unsafe: set[str]) -> None:
        self.problems.extend(f"{self.doing}, {when}: {one} not on the disk" for one in sorted(unsafe))


def _calls(trace: str) -> Iterator[tuple[str, str]]:
    return ((found[1], found[2]) for found in map(_CALL.match, trace.splitlines()) if found)


@pytest.mark.needs("strace")
def test_every_byte_and_every_name_is_flushed_before_something_relies_on_it(tmp_path: Path) -> None:
    folder = tmp_path / "vaults"
    folder.mkdir()
    trace = tmp_path / "trace"
    watching = ["strace", "-f", "-y", "-s", "100", "-o", str(trace), "-e", f"trace={WATCHED}"]
    work = [sys.executable, "-m", "tests.vault.faults.works", str(folder)]
    subprocess.run([*watching, *work], check=True, stdout=subprocess.DEVNULL)
    disk = Disk(folder)
    for name, arguments in _calls(trace.read_text()):
        disk.call(name, arguments)
    assert not disk.problems, "\n".join(disk.problems)
    assert disk.doing == "end"
    assert disk.flushed > 50
