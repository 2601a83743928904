"""The commands of a session: how a typed line is understood, and where they are listed."""

from pathlib import Path

import pytest

from cotutor.content.loader import PLANS
from cotutor.content.shipped import shipped_guidance
from cotutor.conversation.command import find
from cotutor.conversation.notice import Medium
from cotutor.conversation.session.commands import COMMANDS
from cotutor.conversation.session.conversation import SessionConversation
from cotutor.conversation.session.typed import mode_typed
from cotutor.domain.agreement import Agreement
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Mode
from tests.fakes import FakeClock

README = Path(__file__).parents[3] / "README.md"


def begun(medium: Medium = Medium.WORDS) -> SessionConversation:
    """A session of two in which the first speaks."""
    plan = PLANS.named("pair").value
    session = SessionConversation(
        plan, Agreement.usual(plan), shipped_guidance(), clock=FakeClock(), medium=medium
    )
    session.obey("next")
    return session


def understood(line: str, session: SessionConversation | None = None) -> tuple[str, str]:
    command, rest = find(line, (session or begun()).meant())
    return command.name, rest


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("next", ("next", "")),
        ("pause", ("pause", "")),
        ("resume", ("resume", "")),
        ("undo", ("undo", "")),
        ("stop", ("explain", "")),
        ("end", ("end", "")),
        ("count", ("count", "")),
        ("leave out", ("leave_out", "out")),
        ("more 5", ("more", "5")),
        ("More  90S", ("more", "90S")),
        ("back 2", ("give_back", "2")),
        ("started 4", ("earlier", "4")),
        ("mode challenge me", ("mode", "challenge me")),
        ("p", ("pause", "")),
        ("END", ("end", "")),
        ("jot a few words", ("jot", "a few words")),
    ],
)
def test_a_line_is_understood(line: str, meant: tuple[str, str]) -> None:
    assert understood(line) == meant


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("mo th", "more or mode"),
        ("s", "stop or started or signposts"),
        ("resmue", "Did you mean resume?"),
        ("xyzzy", "There is no such word. Type help"),
        ("en", "Type the whole word: end"),
        ("more", "Say how long"),
        ("more later", "Say how long"),
        ("more 0", "Say how long"),
        ("more -5", "Say how long"),
        ("mode lisent", "Did you mean listen?"),
    ],
)
def test_a_mistake_is_reported_with_the_nearest_spelling(line: str, problem: str) -> None:
    session = begun()
    with pytest.raises(CotutorError, match=problem.replace("?", r"\?")):
        session.obey(*understood(line, session))


@pytest.mark.parametrize(
    ("written", "mode"), [("listen", Mode.LISTEN), ("challenge me", Mode.CHALLENGE), ("t", Mode.THINK)]
)
def test_a_kind_of_listening_is_named_by_its_word_its_name_or_a_beginning(written: str, mode: Mode) -> None:
    assert mode_typed(written) is mode


def test_what_was_typed_is_never_shown_again() -> None:
    with pytest.raises(CotutorError) as problem:
        understood("my patient in bed four")
    assert "patient" not in problem.value.message


def test_while_an_answer_is_waited_for_what_is_refused_says_which_words_answer() -> None:
    session = begun()
    session.obey("explain")
    with pytest.raises(CotutorError) as problem:
        session.obey("give_back", "2")
    assert problem.value.message == (
        "The clock is held to stop and explain. Type resume to go on, signposts for help, end to leave."
    )


def test_an_empty_name_is_no_kind_of_listening() -> None:
    with pytest.raises(CotutorError, match="listen, think, challenge"):
        mode_typed("")


def test_a_word_or_key_of_two_commands_means_the_one_that_is_allowed() -> None:
    session = begun()
    assert understood("next", session)[0] == "next"
    session.obey("end")
    session.obey("end")
    assert session.state.ended
    assert understood("next", session)[0] == "leave"
    keys = begun(Medium.KEYS)
    names = [command.name for command in keys.meant() if command.key == "space"]
    assert names == ["pause"]
    keys.obey("pause")
    names = [command.name for command in keys.meant() if command.key == "space"]
    assert names == ["resume"]


def test_what_is_offered_is_obeyed_and_what_is_refused_is_not_offered() -> None:
    for name, rest in [("next", ""), ("pause", ""), ("resume", ""), ("more", "1"), ("undo", ""), ("end", "")]:
        session = begun()
        offered = name in [command.name for command in session.offered()]
        try:
            session.obey(name, rest)
            obeyed = True
        except CotutorError:
            obeyed = False
        assert offered == obeyed, name


def _table(heading: str) -> list[str]:
    """The rows of the README's table under a heading."""
    section = README.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def _rows(medium: Medium) -> list[str]:
    """What the rows must be: one for each key or word, with the help of each command that it may mean."""
    helps: dict[str, list[str]] = {}
    for command in COMMANDS:
        if medium.names(command):
            names = command.typed.split(", or ") if medium is Medium.WORDS else [command.key_shown]
            helps.setdefault(", ".join(f"`{name}`" for name in names), []).append(command.help)
    return [f"| {names} | {' '.join(lines)} |" for names, lines in helps.items()]


@pytest.mark.parametrize(("heading", "medium"), [("Line mode", Medium.WORDS), ("Keys", Medium.KEYS)])
def test_the_readme_lists_every_command_as_the_program_does(heading: str, medium: Medium) -> None:
    assert _table(heading) == _rows(medium)


def test_all_but_two_keys_have_room_in_the_bar_and_only_the_end_is_typed_in_full() -> None:
    keys = [command for command in COMMANDS if command.key]
    assert [command.name for command in keys if not command.bar] == ["read(-2)", "keep"]
    assert [command.name for command in COMMANDS if command.whole] == ["end"]
    assert [command.name for command in COMMANDS if command.priority] == []
