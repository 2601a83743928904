"""A workshop in lines: who speaks to whom, how late it is, and that it comes to its end alone."""

import re
from io import StringIO
from pathlib import Path

import pytest

from cotutor.content.workshop import PROGRAMMES
from cotutor.conversation.command import help_lines
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.domain.participants import people_called
from cotutor.domain.programme import Programme, seat_everyone
from cotutor.plain.output import Output
from cotutor.plain.trainer.workshop import WorkshopInLines
from cotutor.services.noticeboard import Lookout, Noticeboard
from tests.fakes import FakeClock
from tests.plain.typed import Asleep, Typed, TypedLines

LUNCH = PROGRAMMES.named("lunchtime").value


class InOrder:
    """Chance that changes nothing."""

    def shuffle(self, _order: list[str]) -> None:
        return


def played(
    *typed: Typed, programme: Programme = LUNCH, people: str = "4", board: Noticeboard | None = None
) -> list[str]:
    """What a workshop said; at the end of what is typed it goes on alone."""
    clock, out = FakeClock(), StringIO()
    who = people_called(people)
    rounds = seat_everyone(programme, who, InOrder())  # type: ignore[arg-type]  # all that is asked of chance
    lines = TypedLines(clock, list(typed))
    output = Output(out, clock, bell=False)
    WorkshopInLines(
        programme, who, rounds, clock=clock, output=output, lines=lines, projector=Projector(board, "")
    ).run()
    return out.getvalue().splitlines()


@pytest.mark.parametrize("name", ["lunchtime", "half-day", "masterclass", "action-learning-set"])
def test_with_nobody_there_every_part_runs_in_order_and_on_time(name: str) -> None:
    programme = PROGRAMMES.named(name).value
    said = played(programme=programme, people="10")
    began = [line for line in said if re.match(r"[\d:]{8}  (Day \d, p|P)art ", line)]
    assert len(began) == len(programme.items)
    for number, (line, item) in enumerate(zip(began, programme.items, strict=True), start=1):
        assert f"art {number} of {len(programme.items)}: {item.title}" in line
    assert not any("Press Enter" in line or "Type resume" in line for line in said)
    if name == "lunchtime":
        assert began[-1].startswith("09:55:00")


def test_each_turn_says_who_speaks_and_the_parts_change() -> None:
    said = played()
    turns = [line for line in said if " speaks, " in line]
    assert len(turns) == 2, "once when people sit down, once when they change parts"
    for group in turns[0].rstrip(".").split("; "):
        speaker, listener = group.split(" speaks, ")
        assert f"{listener.removesuffix(' listens')} speaks, {speaker} listens" in turns[1]


def test_commands_are_obeyed_and_tell_how_late_it_is() -> None:
    said = played(
        (60, "more 2"),
        (1, "undo"),
        (1, "time"),
        (1, "pause"),
        (120, "resume"),
        (1, "next"),
        (1, "end"),
        (1, "end"),
    )
    text = "\n".join(said)
    for line in (
        "2 minutes more. 2 minutes behind: would end 10:02. Type undo to undo it.",
        "Undone: the extra time.",
        "Welcome, 3:58, until 09:05.",
        "On time: ends 10:00.",
        "Paused for the whole room. Type resume to go on.",
        "Going on. The clock was held for 2 minutes. 2 minutes behind: would end 10:02.",
        "Part 2 of 6",
        "End the workshop for everybody? Nothing is kept, so it can't be taken up again.",
        "Type end once more; any other word goes on.",
    ):
        assert line in text
    assert "Part 3 of 6" not in text


def test_end_must_be_typed_twice_in_a_row() -> None:
    said = played((1, "end"), (1, "time"), (1, "end"), (1, "next"))
    assert sum("once more" in line for line in said) == 2
    assert any("Part 6 of 6" in line for line in said)


def test_seats_parts_notes_help_and_a_jump() -> None:
    said = played(
        (1, "go 5"),
        (1, "seats"),
        (1, "notes"),
        (1, "parts"),
        (1, "go nowhere"),
        (1, "help"),
        (1, "seat"),
        (1, "zzz"),
        (1, "end"),
        (1, "end"),
        people="Ana, Ben, Cem",
    )
    text = "\n".join(said)
    assert "Part 5 of 6" in text
    assert text.count("Ana with Cem and Ben.") >= 2
    assert LUNCH.items[4].trainer[0] in text
    assert "5. 0:25 Twelve minutes each, 30m. Now." in text
    assert "Say which part: go 1 to go 6." in text
    listed = [line for line in help_lines(WORKSHOP) if line in said]
    assert len(listed) == len(help_lines(WORKSHOP)) - 5, (
        "all but going on, undoing and deciding about an absence"
    )
    assert "There is no such word." in text


def test_time_asleep_is_asked_about() -> None:
    said = played((1, "time"), Asleep(600), (1, "count"), (1, "end"), (1, "end"))
    text = "\n".join(said)
    assert "Type count, leave out, or next to end this phase." in text
    assert "6 minutes behind" in text or "5 minutes behind" in text


def test_hostile_names_do_nothing() -> None:
    said = played(people="\x1b]0;x\x07Eve, [red]Al, \u202eMallory, Dee")
    assert not any("\x1b" in line or "\x07" in line or "\u202e" in line for line in said)
    assert any("[red]Al" in line for line in said)


def test_the_second_window_follows_and_its_notice_goes_at_the_end(tmp_path: Path) -> None:
    seen: list[bytes] = []

    class Watched(Noticeboard):
        def put_up(self, programme: str, shown: object) -> None:
            super().put_up(programme, shown)  # type: ignore[arg-type]  # passed on
            seen.append((tmp_path / "workshop").read_bytes())

    played(people="Ana, Ben, Cem, Dee", board=Watched(tmp_path))
    assert seen
    assert not any(b"Ana" in one for one in seen)
    assert Lookout(tmp_path).look() is None
    assert list(tmp_path.iterdir()) == []


def test_a_notice_that_can_not_be_written_is_told_once(tmp_path: Path) -> None:
    said = played(board=Noticeboard(tmp_path / "gone"))
    assert sum("second window can't follow" in line for line in said) == 1


# ------------------------------------------------------------ who is there
