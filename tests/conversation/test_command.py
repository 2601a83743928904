"""Finding the command that a typed line means."""

import pytest

from cotutor.conversation.command import Command, always, find, help_lines, offered
from cotutor.domain.errors import CotutorError

PAUSE = Command("space", "pause", "Pause", "Hold the clock.", word="pause")
MORE = Command("plus", "more", "More", "Offer more time.", shown="+", word="more", example="more 5")
MODE = Command("m", "mode", "Mode", "Choose the listening.", word="mode")
END = Command("q", "end", "End", "End early.", word="end", whole=True)
BIG = Command("f", "big", "Big", "The clock alone.")
ALL = (PAUSE, MORE, MODE, END, BIG)


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ("pause", PAUSE, ""),
        ("P", PAUSE, ""),
        ("  more   5 ", MORE, "5"),
        ("mod challenge me", MODE, "challenge me"),
        ("end", END, ""),
    ],
)
def test_a_word_may_be_cut_short(line: str, command: Command, rest: str) -> None:
    assert find(line, ALL) == (command, rest)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("mo", "That could be more or mode: type a letter more."),
        ("en", "Type the whole word: end."),
        ("big", "There is no such word. Type help for a list."),
        ("moer 5", "There is no such word. Did you mean more? Type help for a list."),
    ],
)
def test_what_is_not_plain_is_refused_without_repeating_what_was_typed(line: str, told: str) -> None:
    with pytest.raises(CotutorError) as refused:
        find(line, ALL)
    assert refused.value.message == told


def test_help_names_the_words_and_leaves_out_what_has_none() -> None:
    assert help_lines(ALL)[:2] == ("pause: Hold the clock.", "more 5: Offer more time.")
    assert len(help_lines(ALL)) == 4


def test_only_what_is_allowed_is_offered() -> None:
    never = PAUSE._replace(when=lambda _conversation: False)
    assert offered((never, MORE), None) == (MORE,)


def test_a_key_is_printed_as_it_is_declared() -> None:
    assert [command.key_shown for command in (PAUSE, MORE)] == ["space", "+"]


def test_a_key_is_printed_as_the_first_of_its_names_and_a_word_with_its_example() -> None:
    both = PAUSE._replace(key="space,p")
    assert both.key_shown == "space"
    assert (MORE.typed, PAUSE.typed, BIG.typed) == ("more 5", "pause", "")


def test_a_command_stands_in_the_bar_is_allowed_at_any_time_and_leaves_fields_alone_unless_it_says_otherwise() -> (
    None
):
    assert (BIG.bar, BIG.priority, BIG.whole) == (True, False, False)
    assert BIG.when is always
    assert offered(ALL, None) == ALL


def test_a_whole_word_goes_before_longer_ones_that_begin_like_it() -> None:
    moreover = MORE._replace(name="moreover", word="moreover")
    assert find("more", (moreover, MORE)) == (MORE, "")
    assert find("moreo", (moreover, MORE)) == (moreover, "")
    with pytest.raises(CotutorError, match="That could be moreover or more"):
        find("mor", (moreover, MORE))


def test_a_word_that_must_be_whole_leaves_its_beginning_to_others() -> None:
    enough = PAUSE._replace(name="enough", word="enough")
    assert find("en", (END, enough)) == (enough, "")
    with pytest.raises(CotutorError, match="Type the whole word: end"):
        find("end ", (END._replace(word="ending"), PAUSE))
