"""A workshop that runs: what it takes, what it refuses, and where it says it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from cotutor.conversation.command import offered
from cotutor.conversation.notice import Medium, Notice
from cotutor.conversation.trainer.commands import WORKSHOP
from cotutor.conversation.trainer.projector import Projector
from cotutor.conversation.trainer.seating import seat
from cotutor.conversation.trainer.workshop import Workshop
from cotutor.conversation.trainer.workshop_lines import numbers, seating_in_words, summary
from cotutor.domain.commands import UNDECIDED
from cotutor.domain.errors import CotutorError
from cotutor.domain.programme import ItemKind, Programme
from cotutor.services.noticeboard import Lookout, Noticeboard
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

    def __init__(
        self,
        made: Programme = ONE_DAY,
        people: str = "4",
        medium: Medium = Medium.WORDS,
        projector: Projector | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.shown: list[str] = []
        self.begun: list[int] = []
        self.notices: list[Notice] = []
        seated = seat(made, people)
        self.talk = Workshop(
            made,
            seated.people,
            seated.rounds,
            clock=self.clock,
            medium=medium,
            face=self,
            projector=projector,
        )
        self.talk.start()
        self.greeting = self.notices.pop()

    def began(self, line: str, at: int) -> None:
        self.shown.append(line)
        self.begun.append(at)

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
    room.talk.put(None)
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


def test_alone_a_part_that_is_over_its_time_is_left_and_an_absence_is_left_out() -> None:
    room = _before(waits=11)
    room.talk.go_on_alone()
    assert (room.talk.now.index, room.talk.now.turn, room.talk.now.day_over) == (1, None, False)
    room = _before(sleeps=True)
    room.talk.go_on_alone()
    assert (room.talk.now.index, room.talk.now.away, room.notices[-1].to_do) == (0, 0, "")
    last = _before(("go", "3"), waits=6)
    last.talk.go_on_alone()
    assert last.talk.closed


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


def test_the_trainer_reads_at_once_how_the_room_sees_the_workshop() -> None:
    assert Room().greeting.text.endswith("leave and start: cotutor workshop")
    room = Room(projector=Projector(None, "No second window."))
    assert room.greeting == Notice(room.clock.now(), "No second window.")
    room.talk.post()
    room.talk.close()
    assert room.notices == []


def test_the_second_window_follows_from_the_first_part_on_until_the_workshop_is_left(tmp_path: Path) -> None:
    clock = FakeClock()
    lookout = Lookout(tmp_path, clock)
    room = Room(projector=Projector(Noticeboard(tmp_path, clock), "In the second window."))
    found = lookout.look()
    assert found is not None
    assert (found.programme, found.posted) == ("a-test", room.talk.now.posted)
    assert (found.posted.section, found.posted.people, found.posted.left) == (0, 4, 600_000)
    room.talk.obey("go", "2")
    room.talk.obey("next")
    room.talk.post()
    found = lookout.look()
    assert found is not None
    assert (found.posted.section, found.posted.phase) == (1, 1)
    assert room.notices == []
    room.talk.close()
    assert lookout.look() is None


def test_a_second_window_that_can_not_follow_is_told_of_once_and_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir()
    room = Room(projector=Projector(Noticeboard(folder, FakeClock())))
    folder.rename(tmp_path / "gone")
    for _ in range(2):
        room.talk.post()
    (told,) = room.notices
    assert told == Notice(room.clock.now(), "The second window can't follow: its file can't be written.")
    assert room.talk.projector == Projector(None, told.text)


def test_it_wakes_for_what_happens_by_itself_and_in_a_rehearsal_sooner() -> None:
    room = Room()
    assert (room.talk.seconds_to_event(), room.talk.seconds_to_wake()) == (600.0, 1.0)
    room.clock.speed = 10
    assert room.talk.seconds_to_event() == 60.0
    room.clock.speed = 1
    room.clock.go(milliseconds=599_999)
    assert room.talk.seconds_to_event() == 0.001
    room.clock.go(seconds=5)
    assert room.talk.seconds_to_event() == 0
    held = _before(("pause", ""))
    assert held.talk.seconds_to_event() is None


@pytest.mark.parametrize(
    ("medium", "to_do"),
    [(Medium.WORDS, "Type count, leave out, or next to end this phase."), (Medium.KEYS, "")],
)
def test_after_an_absence_a_word_says_what_becomes_of_it_and_the_screen_has_a_sheet_for_that(
    medium: Medium, to_do: str
) -> None:
    room = Room(medium=medium)
    room.clock.go(hours=1)
    room.talk.tick()
    assert [(one.text, one.to_do, one.sign) for one in room.notices] == [
        ("Away 1 hour. Count it or not?", to_do, "?")
    ]


def test_an_absence_that_counts_moves_the_end_of_the_phase_and_one_that_is_left_out_that_of_the_day() -> None:
    left = {}
    for name in ("count", "leave_out"):
        room = _before(sleeps=True)
        room.talk.obey(name)
        left[name] = (room.talk.now.state.left, room.talk.now.index, room.talk.now.away)
        decided = next(one.text for one in room.notices if one.text.startswith("The time away, 1 hour, "))
        assert decided.endswith(f". {room.talk.now.standing}")
    assert left == {"count": (-50 * 60_000, 0, 0), "leave_out": (10 * 60_000, 0, 0)}


def test_an_absence_can_be_left_out_and_the_phase_with_it() -> None:
    room = _before(sleeps=True)
    assert room.talk.obey("move_on") == ()
    assert (room.talk.now.index, room.talk.now.away) == (1, 0)
    last = _before(("go", "3"), sleeps=True)
    last.talk.obey("move_on")
    assert last.talk.now.over
    assert not last.talk.closed


def test_going_on_after_a_pause_says_when_the_day_would_end() -> None:
    room = Room()
    room.talk.obey("pause")
    room.go(2)
    room.talk.obey("resume")
    assert room.notices[-1].text.endswith(" 2 minutes behind: would end 09:31.")
    assert room.notices[-1].to_do == ""


def test_where_the_next_phase_begins_by_itself_the_end_of_the_one_before_only_rings() -> None:
    room = _before(("go", "2"), waits=2)
    assert room.notices == [Notice(room.clock.now(), "", strokes=2)]
    assert room.talk.now.turn == 1
    room.notices.clear()
    room.go(5)
    assert [(one.text, one.sign, one.strokes) for one in room.notices] == [("1 minute left.", "▲", 1)]
    room.go(1)
    assert (room.notices[-1].text, room.notices[-1].strokes) == ("", 2)


def test_a_part_and_its_phase_begin_at_the_instant_of_the_clock_at_which_they_are_told() -> None:
    room = Room(people="5")
    room.clock.go(seconds=90)
    room.talk.obey("go", "2")
    assert room.shown[-3:] == [
        "Part 2 of 3: A round, 14m30s.",
        room.talk.now.notes_on(1)[0],
        "Find your group: 2 minutes. Begin.",
    ]
    assert room.begun[-3:] == [room.clock.now()] * 3
    assert len(_before(("go", "2")).shown) == 4  # nothing is told of groups of another size if there are none


def test_what_follows_is_put_off_with_the_end_of_the_part_that_runs() -> None:
    room = Room()
    coming = ("09:10  A round (14m30s)", "09:24  Close (5m)")
    assert room.talk.now.coming == coming
    room.go(4)
    assert room.talk.now.coming == coming
    room.talk.obey("more", "2")
    assert room.talk.now.coming[1] == "09:26  Close (5m)"
    room.go(10)
    assert room.talk.now.coming[0] == "09:14  A round (14m30s)"
    room.talk.obey("go", "2")
    assert list(room.talk.now.coming) == ["09:28  Close (5m)"]
    late = _before(waits=10.9)
    late.clock.go(milliseconds=4_999)
    late.talk.tick()
    assert late.clock.wall().second == 59
    assert late.talk.now.coming[0] == "09:10  A round (14m30s)"


def test_each_phase_of_a_round_is_named_to_the_last_one() -> None:
    room = _before(("go", "2"))
    seen = []
    for _ in range(4):
        seen.append((room.talk.now.doing, room.talk.now.turn))
        room.talk.obey("next")
    assert seen == [("Find your group", None), ("Turn 1 of 2", 1), ("Change parts", 2), ("Turn 2 of 2", 2)]
    while not room.talk.now.over:
        room.talk.obey("next")
    assert (room.talk.now.doing, room.talk.now.turn) == ("Close", None)


def test_the_notes_are_the_trainers_then_what_odd_groups_do_then_the_demonstration() -> None:
    with_notes = replace(ONE_DAY.items[1], trainer=("Walk round.", "Be brief."), demo="the-letter")
    made = replace(ONE_DAY, items=(ONE_DAY.items[0], with_notes, ONE_DAY.items[2]))
    now = Room(made, people="5").talk.now
    assert now.notes_on(1) == (
        "Walk round.",
        "Be brief.",
        Room(people="5").talk.now.notes_on(1)[0],
        "Its demonstration, in another window: cotutor demo the-letter --plain",
    )
    assert now.notes == now.notes_on(0) == ("There are no notes on this part.",)
    assert [now.instruction_of(index) for index in range(3)] == ["Together.", "Begin.", "Together."]
    assert now.demo is None
    room = Room(made, medium=Medium.KEYS)
    assert "demonstration" not in room.offered
    room.talk.obey("go", "2")
    assert (room.talk.now.demo, room.talk.now.notes[-1]) == ("the-letter", "d plays the demonstration.")
    assert "demonstration" in room.offered


def test_groups_stand_in_sight_only_in_a_part_in_which_people_sit_in_them() -> None:
    both = programme(item(ItemKind.WELCOME, 5), round_of(2, feedback=None), round_of(3, feedback=None))
    room = Room(both, people="6")
    seen = []
    for part in ("1", "2", "3"):
        room.talk.obey("go", part)
        now = room.talk.now
        seen.append((now.round, now.size, now.turn, [len(group) for group in now.groups]))
    assert seen == [(None, 0, None, []), (1, 2, None, [2, 2, 2]), (2, 3, None, [3, 3])]
    assert room.talk.now.posted.seats == tuple(
        tuple(int(one) for one in group) for group in room.talk.now.groups
    )
    while not room.talk.now.day_over:
        room.talk.obey("next")
    assert (room.talk.now.groups, room.talk.obey("seats")) == ((), ("Nobody sits in groups now.",))


def test_a_seating_is_drawn_for_whoever_is_here_and_says_if_they_are_too_many() -> None:
    few = replace(ONE_DAY, fewest=4, most=6)
    assert [bool(seat(few, people).fit) for people in ("3", "4", "6", "7")] == [True, False, False, True]
    assert seat(few, "Ana, Ben").people == ("Ana", "Ben")
    assert len({seat(ONE_DAY, "12").rounds for _ in range(20)}) > 1


def test_a_workshop_in_its_first_minutes_is_at_its_time_and_paused_only_by_a_pause() -> None:
    room = Room()
    assert not room.talk.now.paused
    assert room.talk.now.time_lines == (
        "Part 1 of 3: Welcome.",
        "Welcome, 10:00, until 09:10.",
        room.talk.now.standing,
    )
    assert room.talk.now.headline == "Together."
    room.clock.go(hours=1)
    room.talk.tick()
    assert not room.talk.now.paused
    room.talk.obey("leave_out")
    room.talk.obey("go", "2")
    assert room.talk.now.headline == "Find your group. Begin."


def test_help_lists_what_can_be_typed_now() -> None:
    helped = Room().talk.obey("app.keys")
    assert "pause: Hold the workshop's clock." in helped
    assert not [line for line in helped if line.startswith("resume")]
