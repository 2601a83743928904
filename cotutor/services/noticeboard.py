"""The notice that a trainer's window puts up for the projector's window on the same computer.

It is one small file in a folder of the person's own: numbers only, never a name, never a note.
It lies in the folder for a login's short-lived files, which no other person can read and which
is in memory on most systems (https://specifications.freedesktop.org/basedir-spec/latest/), or
else in a private folder beside the other temporary files. The trainer's window replaces it
whole at every change and every quarter of a minute, and takes it down at the end. One that was
left behind by a crash is known by its process, its start of the computer, and its age.

Instants are milliseconds of the clock that goes on in sleep, which all programs of one computer
share. Where the system has none (macOS, Windows) the countdown may stand still for up to a
quarter of a minute after a sleep, until the next notice.
"""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from cotutor.domain.errors import CotutorError, InUse, ReadOnly
from cotutor.domain.plan import Name
from cotutor.services.clock import Clock, SystemClock
from cotutor.services.workshop_runner import WorkshopRunner

FRESH_EVERY = 15
"""Seconds after which the notice is put up again although nothing has changed."""
STALE_AFTER = 60_000
"""Milliseconds after which a notice that nobody renewed is taken for one left behind."""
_FILE, _COMING = "workshop", "workshop.new"
_LARGEST = 16_384
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

Count = Annotated[int, Meta(ge=0, le=1_000)]
Milliseconds = Annotated[int, Meta(ge=-10_000_000_000, le=10_000_000_000)]


class Posted(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a workshop is: times, phase and seat numbers."""

    section: Count
    phase: Count
    left: Milliseconds
    """Milliseconds left of the phase; below nought it is over its time."""
    agreed: Milliseconds
    """How long the phase is in all."""
    wall: Annotated[int, Meta(ge=0, le=4_000_000_000_000)]
    """The time of day, in milliseconds since 1970."""
    speed: Annotated[int, Meta(ge=1, le=100_000)]
    held: bool
    over: bool
    """Whether the day is over."""
    people: Count
    seats: Annotated[tuple[tuple[Count, ...], ...], Meta(max_length=60)] = ()
    """The groups of the present round, in speaking order, by seat number."""

    def after(self, real: int) -> "Posted":
        """The same, so many milliseconds of real time later."""
        if self.held or self.over:
            return self
        gone = max(0, real) * self.speed
        return msgspec.structs.replace(self, left=self.left - gone, wall=self.wall + gone)


class Notice(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    format: Literal[1]
    pid: Annotated[int, Meta(ge=1)]
    boot: Annotated[str, Meta(max_length=64)]
    at: int
    """When it was put up."""
    programme: Name
    posted: Posted


_DECODER = msgspec.json.Decoder(Notice)


def posted(workshop: WorkshopRunner, people: int, seats: tuple[tuple[int, ...], ...]) -> Posted:
    """Where a workshop is now."""
    state = workshop.runner.state
    clock = workshop.runner.clock
    return Posted(
        section=workshop.index,
        phase=min(state.spell.index, len(state.plan.phases) - 1),
        left=state.left,
        agreed=state.allotted,
        wall=round(clock.wall().timestamp() * 1000),
        speed=clock.speed,
        held=state.hold is not None,
        over=workshop.day_over,
        people=people,
        seats=seats,
    )


def private_folder() -> Path:
    """The folder for the notice, made if need be, and nobody else's.

    Raises:
        ReadOnly: there is no folder that only this person can use.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/") and _is_private(Path(runtime)):
        folder = Path(runtime) / "cotutor"
    else:
        own = str(os.getuid()) if hasattr(os, "getuid") else "own"
        folder = Path(tempfile.gettempdir()) / f"cotutor-{own}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError:
        raise ReadOnly(_NO_FOLDER) from None
    if not _is_private(folder):
        raise ReadOnly(_NO_FOLDER)
    return folder


_NO_FOLDER = "There is no private folder for a second window; the workshop runs in one window."


def _is_private(folder: Path) -> bool:
    """Whether it is a real folder, ours, and closed to everybody else."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and _only_ours(found)


def _only_ours(found: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return True  # Windows: the temporary folder is a person's own
    return found.st_uid == os.getuid() and not found.st_mode & 0o077


class Lookout:
    """Looks at the notice, from another window of the same computer.

    Make it before the fence is armed: it asks which start of the computer this is.

    Args:
        folder: what ``private_folder`` returned.
        clock: the computer's own clock.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.clock = clock or SystemClock()
        self.boot = _boot()
        self._seen: tuple[int, int] | None = None
        self._notice: Notice | None = None

    def look(self) -> Notice | None:
        """The notice if there is one that holds; None while no workshop runs."""
        try:
            found = os.lstat(self.folder / _FILE)
        except OSError:
            self._seen = None
            return None
        mark = (found.st_ino, found.st_mtime_ns)
        if mark != self._seen:
            self._notice = self._read()
            self._seen = mark
        notice = self._notice
        return notice if notice and self._holds(notice) else None

    def now(self, notice: Notice) -> Posted:
        """Where the workshop is at this moment."""
        return notice.posted.after(self.clock.now() - notice.at)

    def _read(self) -> Notice | None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            fd = os.open(self.folder / _FILE, flags)
        except OSError:
            return None
        with os.fdopen(fd, "rb") as file:
            found = os.fstat(fd)
            if not stat.S_ISREG(found.st_mode) or not _only_ours(found) or found.st_size > _LARGEST:
                return None
            try:
                return _DECODER.decode(file.read(_LARGEST))
            except (msgspec.MsgspecError, OSError, UnicodeError):
                return None

    def _holds(self, notice: Notice) -> bool:
        young = self.clock.now() - notice.at <= STALE_AFTER
        return notice.boot == self.boot and young and _lives(notice.pid)

    def sweep(self) -> None:
        """Remove a notice that was left behind; the one of a workshop that runs stays."""
        if self.look() is None:
            _clear(self.folder)


class Noticeboard:
    """Where a trainer's window puts up its notice.

    Make it before the fence is armed.

    Args:
        folder: what ``private_folder`` returned.
        clock: the computer's own clock, also in a rehearsal.

    Raises:
        InUse: another workshop runs on this computer.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self._clock = clock or SystemClock()
        lookout = Lookout(folder, self._clock)
        if lookout.look() is not None:
            raise InUse("Another workshop runs on this computer; only one can have the second window.")
        lookout.sweep()
        self._boot = lookout.boot

    def put_up(self, programme: str, shown: Posted) -> None:
        """Replace the notice.

        Raises:
            CotutorError: it can't be written; the second window goes on with what it knows.
        """
        notice = Notice(1, os.getpid(), self._boot, self._clock.now(), programme, shown)
        coming = self.folder / _COMING
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        try:
            fd = os.open(coming, flags, 0o600)
            with os.fdopen(fd, "wb") as file:
                file.write(msgspec.json.encode(notice))
            coming.replace(self.folder / _FILE)
        except OSError:
            raise CotutorError("The second window can't follow: its file can't be written.") from None

    def take_down(self) -> None:
        """Remove the notice; do nothing if there is none."""
        _clear(self.folder)


def _clear(folder: Path) -> None:
    for name in (_FILE, _COMING):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def _boot() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""


def _lives(pid: int) -> bool:
    if os.name == "nt":
        return True  # there, asking would end it; age alone decides
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # it is there, and out of this one's reach
    return True
