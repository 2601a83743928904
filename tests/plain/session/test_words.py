import pytest

from cotutor.domain import commands
from cotutor.domain.duration import MINUTE, SECOND
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode
from cotutor.plain.session.words import SESSION_WORDS, command, find, listed, mode_called


def understood(line: str) -> commands.SessionCommand | None:
    return command(*find(line, SESSION_WORDS))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("next", commands.Next()),
        ("pause", commands.Pause()),
        ("resume", commands.Resume()),
        ("undo", commands.Undo()),
        ("stop", commands.Explain()),
        ("end", commands.End()),
        ("count", commands.CountAway()),
        ("leave out", commands.LeaveOutAway()),
        ("more 5", commands.More(5 * MINUTE)),
        ("More  90S", commands.More(90 * SECOND)),
        ("back 2", commands.GiveBack(2 * MINUTE)),
        ("started 4", commands.StartedEarlier(4 * MINUTE)),
        ("mode listen", commands.ChooseMode(Mode.LISTEN)),
        ("mode challenge me", commands.ChooseMode(Mode.CHALLENGE)),
        ("mode t", commands.ChooseMode(Mode.THINK)),
        ("p", commands.Pause()),
        ("END", commands.End()),
    ],
)
def test_a_line_is_understood(line: str, meant: commands.SessionCommand) -> None:
    assert understood(line) == meant


@pytest.mark.parametrize("line", ["guide", "guide II-B", "mode", "time", "help", "jot a few words"])
def test_a_question_is_no_command(line: str) -> None:
    assert understood(line) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("mo th", "more or mode"),
        ("s", "started or stop or signposts"),
        ("resmue", "Did you mean resume?"),
        ("xyzzy", "There is no such word. Type help"),
        ("more", "Say how long"),
        ("more later", "Say how long"),
        ("more 0", "Say how long"),
        ("more -5", "Say how long"),
        ("mode lisent", "Did you mean listen?"),
    ],
)
def test_a_mistake_is_told_with_the_nearest_spelling(line: str, said: str) -> None:
    with pytest.raises(CotutorError, match=said.replace("?", r"\?")):
        understood(line)


def test_what_was_typed_is_never_said_back() -> None:
    with pytest.raises(CotutorError) as problem:
        understood("my patient in bed four")
    assert "patient" not in problem.value.message


def test_an_empty_name_is_no_kind_of_listening() -> None:
    with pytest.raises(CotutorError, match="listen, think, challenge"):
        mode_called("")


def test_every_word_is_listed_once_and_begins_a_line() -> None:
    lines = listed(SESSION_WORDS)
    assert len({word.name for word in SESSION_WORDS}) == len(lines)
    assert all(line.startswith(word.name) for line, word in zip(lines, SESSION_WORDS, strict=True))
