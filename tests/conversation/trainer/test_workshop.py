"""A workshop that runs: what it takes, what it refuses, and where it says it is."""

from collections.abc import Callable

import pytest

from cotutor.conversation.command import offered
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.seating import seat
from cotutor.conversation.trainer.workshop import Workshop
from cotutor.conversation.trainer.workshop_lines import numbers, seating_in_words, summary
from cotutor.domain.commands import UNDECIDED
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import ItemKind, Programme
from tests.domain.test_programme import item, programme, round_of
from tests.fakes import FakeClock

ONE_DAY = programme(item(ItemKind.WELCOME, 10), round_of(2, feedback=None), item(ItemKind.CLOSE, 5))
TWO_DAYS = programme(
    item(ItemKind.WELCOME, 70),
    item(ItemKind.CLOSE, 5),
    item(ItemKind.REVIEW, 20, day=2),
    item(ItemKind.CLOSE, 5, day=2),
)


class Room:
    """A workshop, its clock, and a face that keeps what it is shown."""

    def __init__(self, made: Programme = ONE_DAY, people: str = "4", medium: Medium = Medium.WORDS) -> None:
        self.clock = FakeClock()
        self.shown: list[str] = []
        self.notices: list[Notice] = []
        seated = seat(made, people)
        self.talk = Workshop(made, seated.people, seated.rounds, clock=self.clock, medium=medium, face=self)
        self.talk.start()
        self.notices.clear()

    def began(self, line: str, _at: int) -> None:
        self.shown.append(line)

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def go(self, minutes: float) -> None:
        """Let time pass while the trainer looks on."""
        for _ in range(round(minutes * 12)):
            self.clock.go(seconds=5)
            self.talk.tick()

    @property
    def offered(self) -> set[str]:
        return {command.name for command in offered(WORKSHOP, self.talk.now)}


ANY = {one.name for one in WORKSHOP} - {
    "count", "leave_out", "move_on", "pause", "resume", "more", "give_back", "undo", "seats", "demonstration",
}  # fmt: skip


def test_each_situation_of_a_workshop_allows_its_own_commands() -> None:
    room = Room()
    runs = ANY | {"more", "give_back", "seats"}
    assert room.offered == runs | {"pause"}
    room.talk.obey("pause")
    assert room.offered == runs | {"resume", "undo"}
    room.talk.obey("resume")
    room.clock.go(hours=1)
    room.talk.tick()
    waits = {"next", "go", "end", "more", "give_back"}
    assert room.offered == runs - waits | {"count", "leave_out", "move_on"}
    room.talk.obey("leave_out")
    room.talk.obey("go", "3")
    room.talk.obey("next")
    assert room.offered == ANY | {"seats", "undo"}
    assert room.talk.now.over
    assert "seats" not in Room(TWO_DAYS).offered


def _before(*given: tuple[str, str], sleeps: bool = False, waits: float = 0) -> Room:
    """A workshop after these commands, and after the trainer looked on, or the computer slept."""
    room = Room()
    for name, rest in given:
        room.talk.obey(name, rest)
    room.go(waits)
    if sleeps:
        room.clock.go(hours=1)
        room.talk.tick()
    return room


TURN = (("go", "2"), ("next", ""))
SITUATIONS: dict[str, Callable[[], Room]] = {
    "the first part": _before,
    "a turn": lambda: _before(*TURN),
    "time is up": lambda: _before(waits=11),
    "just lengthened": lambda: _before(*TURN, ("more", "")),
    "lengthened as far as it goes": lambda: _before(*TURN, ("more", "120")),
    "a pause": lambda: _before(*TURN, ("pause", "")),
    "a pause with time away": lambda: _before(("pause", ""), sleeps=True),
    "an absence": lambda: _before(sleeps=True),
    "an absence just after a command": lambda: _before(("more", ""), sleeps=True),
    "just in the next part": lambda: _before(("next", "")),
    "before the end": lambda: _before(("go", "3")),
    "the end": lambda: _before(("go", "3"), ("next", "")),
    "the end, later": lambda: _before(("go", "3"), ("next", ""), waits=1),
}
_FACES_OWN = {"audience", "demonstration", "tally", "app.signposts", "app.cover", "read(1)", "read(-1)"}
"""What a face does without asking the conversation."""


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_command_that_is_offered_is_obeyed(situation: str) -> None:
    names = SITUATIONS[situation]().offered - _FACES_OWN
    assert names > {"time", "app.keys"}
    for name in names:
        SITUATIONS[situation]().talk.obey(name, "2" if name == "go" else "")


def test_while_it_is_open_whether_an_absence_counts_nothing_else_is_begun() -> None:
    room = Room()
    room.go(1)
    room.clock.go(hours=1)
    room.talk.tick()
    assert room.talk.now.away == 3_600_000
    for name, rest in (("go", "2"), ("undo", ""), ("end", "")):
        with pytest.raises(CotutorError, match=UNDECIDED):
            room.talk.obey(name, rest)
    room.talk.obey("leave_out")
    assert room.talk.now.away == 0


@pytest.mark.parametrize("typed", ["", "0", "4", "x", "-1", "1.", "٢", "99999"])
def test_only_a_part_that_there_is_can_be_begun(typed: str) -> None:
    with pytest.raises(CotutorError, match="go 1 to go 3"):
        Room().talk.obey("go", typed)


def test_any_part_from_the_first_to_the_last_can_be_begun() -> None:
    room = Room()
    for part in (3, 1, 2):
        room.talk.obey("go", str(part))
        assert room.talk.now.index == part - 1
        assert any(line.startswith(f"Part {part} of 3: ") for line in room.shown)
        room.shown.clear()


def test_more_and_less_are_a_minute_unless_a_length_is_given() -> None:
    room = Room()
    assert room.talk.now.state.left == 10 * 60_000
    for name, rest, left in (
        ("more", "", 11),
        ("more", "90s", 12.5),
        ("give_back", "", 11.5),
        ("give_back", "2", 9.5),
    ):
        room.talk.obey(name, rest)
        assert room.talk.now.state.left == left * 60_000
    assert [notice.text.partition(".")[0] for notice in room.notices] == [
        "1 minute more",
        "1 minute 30 seconds more",
        "1 minute less",
        "2 minutes less",
    ]
    assert {notice.to_do for notice in room.notices} == {"Type undo to undo it."}
    assert room.notices[0].text.endswith("1 minute behind: would end 09:30.")


def test_in_a_turn_of_a_round_more_is_for_every_turn() -> None:
    room = Room()
    room.talk.obey("go", "2")
    room.talk.obey("next")
    room.notices.clear()
    room.talk.obey("more")
    assert room.notices[0].text.startswith("1 minute more, and in the other turns of this round.")


def test_ending_asks_first_and_any_other_word_goes_on() -> None:
    room = Room()
    assert room.talk.obey("end")[1] == "Type end once more; any other word goes on."
    room.talk.obey("time")
    assert room.talk.question is None
    room.talk.obey("end")
    room.talk.withdraw()
    room.talk.obey("end")
    assert not room.talk.closed
    assert room.talk.obey("end") == ()
    assert room.talk.closed


def test_a_day_ends_and_the_next_one_begins_on_a_word() -> None:
    room = Room(TWO_DAYS)
    assert [part.begins for part in room.talk.now.parts] == ["0:00", "1:10", "0:00", "0:20"]
    assert [part.day for part in room.talk.now.parts] == [1, 1, 2, 2]
    assert room.talk.now.place == "Day 1, part 1 of 4: Welcome"
    assert room.talk.now.coming == ("10:10  Close (5m)", "then day 2")
    for _ in range(2):
        room.talk.obey("next")
    now = room.talk.now
    assert (now.day_over, now.over, now.until, now.standing, now.behind) == (True, False, "", "", False)
    assert now.headline == "Day 1 is over. Type next to begin the next one."
    assert now.time_lines == ("Day 1, part 2 of 4: Close.", now.headline)
    for name in ("more", "pause"):
        with pytest.raises(CotutorError, match="day is over"):
            room.talk.obey(name)
    room.talk.obey("next")
    assert now.place == "Day 2, part 3 of 4: Review"
    for _ in range(2):
        room.talk.obey("next")
    assert now.headline == "The workshop is over. Nothing was kept. Type end to leave."
    assert now.coming == ("This is the last part.",)
    assert not room.talk.closed
    room.talk.obey("next")
    assert room.talk.closed


def test_from_a_minute_behind_on_it_is_a_warning() -> None:
    room = Room()
    room.go(1)
    assert room.talk.now.until == "until 09:10"
    assert not room.talk.now.behind
    room.talk.obey("more", "59s")
    assert not room.talk.now.behind
    room.talk.obey("more", "1s")
    assert room.talk.now.behind
    assert room.talk.now.standing == "1 minute behind: would end 09:30."


def test_until_when_is_left_open_while_it_is_held_or_over_its_time() -> None:
    room = Room()
    room.talk.obey("pause")
    assert (room.talk.now.until, room.talk.now.paused) == ("paused", True)
    assert room.notices[-1].text == "Paused for the whole room."
    assert room.notices[-1].to_do == "Type resume to go on."
    room.talk.obey("resume")
    room.go(11)
    assert room.talk.now.until == "over its time"
    (up,) = [notice for notice in room.notices if notice.strokes]
    assert (up.strokes, up.text, up.to_do) == (2, "Welcome: time is up.", "Type next to go on.")


def test_seats_are_read_out_while_people_sit_in_groups() -> None:
    room = Room(people="Ana, Ben, Cem, Dee")
    assert room.talk.obey("seats") == ("Nobody sits in groups now.",)
    whole = room.talk.obey("seats", "All")
    assert len(whole) == 3
    assert whole[0].startswith("Round 1: ")
    assert whole[2].endswith("1 Ana, 2 Ben, 3 Cem, 4 Dee.")
    room.talk.obey("go", "2")
    assert " with " in room.talk.obey("seats")[0]
    room.talk.obey("next")
    (line,) = room.talk.obey("seats")
    assert line.count(" speaks, ") == line.count(" listens") == 2
    assert (room.talk.now.turn, room.talk.now.size, room.talk.now.round) == (1, 2, 1)
    assert sorted(one for group in room.talk.now.posted.seats for one in group) == [1, 2, 3, 4]


def test_numbers_need_no_list_of_names_and_a_programme_without_rounds_no_seating() -> None:
    assert numbers(("1", "2")) == ()
    assert numbers(("2", "1")) == ("1 2", "2 1")
    assert seating_in_words((), ("Ana",)) == ("In this programme nobody changes places.",)
    assert summary(ONE_DAY) == "29m30s, 2 to 60 people"


def test_parts_are_listed_with_their_times_and_the_present_one_marked() -> None:
    assert Room().talk.obey("parts") == (
        "1. 0:00 Welcome, 10m. Now.",
        "2. 0:10 A round, 14m30s.",
        "3. 0:24 Close, 5m.",
    )
    assert Room(TWO_DAYS).talk.obey("parts")[2] == "3. day 2, 0:00 Review, 20m."


def test_a_part_without_notes_says_so() -> None:
    assert Room().talk.obey("notes") == ("There are no notes on this part.",)
    assert Room(people="5").talk.now.notes_on(1)[0].startswith("The three: ")


def test_alone_it_runs_through_every_day_and_asks_for_nothing() -> None:
    room = Room(TWO_DAYS)
    for _ in range(2_000):
        room.talk.go_on_alone()
        if room.talk.closed:
            break
        room.clock.go(seconds=5)
        room.talk.tick()
    assert room.talk.closed
    assert {notice.to_do for notice in room.notices} <= {""}
    assert room.talk.now.headline == "The workshop is over. Nothing was kept."


def test_what_a_round_is_about_is_said_once_and_a_part_of_one_phase_has_its_length() -> None:
    room = Room()
    assert room.shown == ["Part 1 of 3: Welcome, 10m.", "10 minutes. Together."]
    room.shown.clear()
    room.talk.obey("go", "2")
    for _ in range(3):
        room.talk.obey("next")
    assert room.shown[0] == "Part 2 of 3: A round, 14m30s."
    assert [line.partition(". ")[0].rstrip(".") for line in room.shown[1:]] == [
        "Find your group: 2 minutes",
        "Turn 1 of 2: 6 minutes",
        "Change parts: 30 seconds",
        "Turn 2 of 2: 6 minutes",
    ]
    assert [("Begin" in line) for line in room.shown[1:]] == [True, False, False, False]
