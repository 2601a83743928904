"""The only fakes of the test suite: a clock that goes when told."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, speed: int = 1) -> None:
        self.speed = speed
        self.elapsed = 5_000_000
        self.morning = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> int:
        return self.elapsed

    def wall(self) -> datetime:
        return self.morning + timedelta(milliseconds=self.elapsed - 5_000_000)

    def go(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0, milliseconds: int = 0) -> None:
        self.elapsed += round(((hours * 60 + minutes) * 60 + seconds) * 1000) + milliseconds
