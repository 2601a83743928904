"""What a trainer can tell the program: where each command is shown, how it is typed, and when it is allowed."""

import pytest

from cotutor.conversation.command import Command, always, offered
from cotutor.conversation.trainer import commands
from cotutor.conversation.trainer.commands import AUDIENCE, DEMONSTRATION, NEXT, PRACTICE, SEATING, WORKSHOP

TABLES = {
    name: value
    for name, value in vars(commands).items()
    if isinstance(value, tuple) and name.isupper() and not isinstance(value, Command)
}


def test_the_foot_of_the_screen_leaves_out_only_what_is_seen_elsewhere_or_done_with_another_key() -> None:
    left_out = {
        name: {command.name for command in table if not command.bar} for name, table in TABLES.items()
    }
    answers = {"choose(0)", "choose(1)", "choose(2)"}
    assert {name: names for name, names in left_out.items() if names} == {
        "READ": {"read(-1)"},
        "SEATING": {"turn(1)", "turn(-1)"},
        "WORKSHOP": {"read(-1)"},
        "ANSWERS": answers,
        "DEMONSTRATION": {*answers, "app.cover"},
        "PRACTICE": {"answer(0)", "answer(1)", "answer(2)", "answer(3)", "read(-1)"},
        "TALLY": {"app.cover"},
        "PICTURE": {"read(-1)"},
    }


def test_only_ending_a_workshop_must_be_typed_to_its_last_letter_apart_from_the_words_on_a_card() -> None:
    whole = {
        command.name
        for name, table in TABLES.items()
        if name != "PRACTICE"
        for command in table
        if command.whole
    }
    assert whole == {"end"}
    assert [command.whole for command in DEMONSTRATION if command.name == "end"] == [False]
    worded = [command for command in PRACTICE if command.word and not command.word.isdecimal()]
    assert len(worded) > 1
    assert all(command.whole for command in worded)


def test_no_key_of_a_trainer_takes_effect_while_somebody_types() -> None:
    assert not [command for table in TABLES.values() for command in table if command.priority]


@pytest.mark.parametrize("table", [DEMONSTRATION, PRACTICE], ids=["demonstration", "practice"])
def test_the_answers_are_numbered_as_people_count_and_chosen_as_lists_are(table: tuple[Command, ...]) -> None:
    answers = [one for one in table if one.key.isdecimal()]
    assert [one.key for one in answers] == ["1", "2", "3", "4"][: 3 if table is DEMONSTRATION else 4]
    for one in answers:
        number = int(one.key)
        assert one.name in {f"choose({number - 1})", f"answer({number - 1})"}
        assert (one.word, one.label) == (one.key, f"Answer {number}")


class Playing:
    """How far a demonstration is."""

    def __init__(self, *, paused: bool = False, ended: bool = False, choosing: bool = False) -> None:
        self.paused, self.ended, self.choosing = paused, ended, choosing


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (Playing(), {"pause"}),
        (Playing(paused=True), {"resume"}),
        (Playing(choosing=True), {"choose(0)", "choose(1)", "choose(2)"}),
        (Playing(ended=True), set()),
    ],
    ids=["plays", "is held", "waits at a stop", "is over"],
)
def test_a_demonstration_is_held_while_it_plays_and_answered_at_a_stop(
    at: Playing, allowed: set[str]
) -> None:
    conditional = [command for command in DEMONSTRATION if command.when is not always]
    assert {command.name for command in offered(conditional, at)} == allowed


class OnTop:
    """A card with so many answers."""

    def __init__(self, options: int) -> None:
        self.options = options


@pytest.mark.parametrize("options", range(5))
def test_a_card_is_answered_with_as_many_numbers_as_it_has_answers(options: int) -> None:
    numbers = [one.key for one in offered(PRACTICE, OnTop(options)) if one.key.isdecimal()]
    assert numbers == ["1", "2", "3", "4"][:options]


class Stands:
    """Where a workshop is."""

    def __init__(self, *, away: int = 0, undoable: bool = False, demo: str | None = None) -> None:
        self.away, self.undoable, self.demo = away, undoable, demo


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (Stands(), {"go", "end"}),
        (Stands(undoable=True), {"go", "end", "undo"}),
        (Stands(demo="the-letter"), {"go", "end", "demonstration"}),
        (Stands(away=1), set()),
        (Stands(away=1, undoable=True, demo="the-letter"), {"demonstration"}),
    ],
    ids=["begins", "after a command", "has a demonstration", "an absence", "an absence after a command"],
)
def test_an_absence_is_decided_on_before_a_part_is_left_or_a_command_taken_back(
    at: Stands, allowed: set[str]
) -> None:
    some = [one for one in WORKSHOP if one.name in {"go", "end", "undo", "demonstration"}]
    assert {command.name for command in offered(some, at)} == allowed


class Ended:
    """A workshop after the last part of a day, of which more follow unless it is over."""

    day_over = True

    def __init__(self, *, over: bool) -> None:
        self.over = over


def test_the_rooms_view_goes_on_to_the_next_day_and_never_out_of_the_workshop() -> None:
    next_in_view = next(command for command in AUDIENCE if command.name == "next")
    for over in (False, True):
        assert NEXT.when(Ended(over=over))
        assert next_in_view.when(Ended(over=over)) is not over


def test_whatever_has_no_key_has_a_word_and_the_clock_is_started_by_a_key_alone() -> None:
    for name, table in TABLES.items():
        assert all(command.key or command.word for command in table), name
    assert {one.name for one in SEATING if one.word} == {"draw", "back", "app.keys"}
    assert {one.name for one in WORKSHOP if not one.key} == {
        "count", "leave_out", "move_on", "go", "time", "notes",
    }  # fmt: skip
