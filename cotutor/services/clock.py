"""The one place where a clock is read.

Session time comes from CLOCK_BOOTTIME where there is one (Linux), because it goes on while the
computer sleeps and nobody can set it. Elsewhere the steady clock may stop in sleep, so what the
wall clock ran ahead is added: a session then sees one jump and asks whether it counts.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

_MILLISECOND = 1_000_000
_BOOT_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", None)
_JUMP = 2_000 * _MILLISECOND


class Clock(Protocol):
    """What a session needs to know of time."""

    speed: int
    """How many times faster than life it runs: 1, or more in a rehearsal."""

    def now(self) -> int:
        """Milliseconds since a fixed origin; never goes back."""

    def wall(self) -> datetime:
        """The local time of day, with its time zone."""


def slept() -> int:
    """Milliseconds for which the computer has slept since it was started; 0 where no clock can tell."""
    if _BOOT_CLOCK is None:
        return 0
    return (time.clock_gettime_ns(_BOOT_CLOCK) - time.monotonic_ns()) // _MILLISECOND


class SystemClock:
    """The computer's own clock."""

    speed = 1

    def __init__(self) -> None:
        self._apparent_sleep = 0
        self._wall_ahead = time.time_ns() - time.monotonic_ns()

    def nanoseconds(self) -> int:
        """Nanoseconds since a fixed origin, sleep included; never goes back."""
        if _BOOT_CLOCK is not None:
            return time.clock_gettime_ns(_BOOT_CLOCK)
        steady = time.monotonic_ns()
        ahead = time.time_ns() - steady
        # A wall clock set back only changes the comparison; set forward it cannot be told from sleep.
        if ahead - self._wall_ahead > _JUMP:
            self._apparent_sleep += ahead - self._wall_ahead
        self._wall_ahead = ahead
        return steady + self._apparent_sleep

    def now(self) -> int:
        """Milliseconds since a fixed origin; never goes back."""
        return self.nanoseconds() // _MILLISECOND

    def wall(self) -> datetime:
        """The local time of day, with its time zone."""
        return datetime.now(UTC).astimezone()


class ScaledClock:
    """A clock that runs ``speed`` times as fast as life, for rehearsals and demonstrations."""

    def __init__(self, speed: int, base: SystemClock | None = None) -> None:
        self.speed = speed
        self._base = base or SystemClock()
        self._began = self._base.nanoseconds()
        self._wall = self._base.wall()

    def now(self) -> int:
        """Milliseconds of rehearsed time since the clock was made."""
        return (self._base.nanoseconds() - self._began) * self.speed // _MILLISECOND

    def wall(self) -> datetime:
        """The time of day that the rehearsal has reached."""
        return self._wall + timedelta(milliseconds=self.now())


def clock_at(speed: int) -> Clock:
    """The clock of a session that runs ``speed`` times as fast as life."""
    return SystemClock() if speed == 1 else ScaledClock(speed)
