import ast
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cotutor import VERSION, cli
from cotutor.cli import commands, parser, session
from cotutor.conversation.library import Library
from cotutor.conversation.session.request import PLACES, SessionRequest, settle
from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import Damaged, InUse, NewerVersion, WrongPassphrase
from cotutor.domain.plan import Mode
from cotutor.process import faults, fence, guard


@pytest.fixture(autouse=True)
def unfenced(monkeypatch: pytest.MonkeyPatch) -> list[list[object]]:
    """The fence holds for the rest of a process, so here it is only seen to be asked for."""
    armed: list[list[object]] = []
    monkeypatch.setattr(fence, "arm", lambda *, readable: armed.append(list(readable)))
    monkeypatch.setattr(faults, "hide_tracebacks", lambda: None)
    return armed


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the line mode was asked for, instead of a session."""
    requests: list[object] = []

    def run(request: object, _greet: object) -> int:
        requests.append(request)
        return 0

    monkeypatch.setattr("cotutor.plain.session.start.run", run)
    monkeypatch.setattr(guard, "run_guarded", lambda face: face(guard.Start.FIRST))
    return requests


def told(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    output, problems = capfd.readouterr()
    return code, output, problems


@pytest.mark.parametrize("words", [("--help",), ("-h",), *((name, "--help") for name in commands.COMMANDS)])
def test_help_is_plain_and_fits_eighty_columns(
    words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    output, problems = capfd.readouterr()
    assert end.value.code == 0
    assert problems == ""
    assert all(len(line) <= 80 for line in output.splitlines())
    assert "\x1b" not in output


def test_the_overview_names_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    _, output, _ = told(capfd, "--plain")
    assert all(command.usage in output and command.does in output for command in commands.COMMANDS.values())


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert told(capfd, "--version") == (0, f"cotutor {VERSION}\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sesion"], "There is no command sesion; did you mean session?"),
        (["xyzzy"], "There is no command xyzzy. Type cotutor --help for the list."),
        (["--verson"], "There is no option --verson; did you mean --version?"),
        (["session", "--trun", "5"], "There is no option --trun; did you mean --turn?"),
        (["session", "--secret=canary"], "There is no option --secret"),
        (["session", "pair", "triad"], "There is one word too many."),
        (["session", "--turn", "soon"], "--turn: a length of time is written like 90s, 20m or 1h30m."),
        (["session", "--turn"], "--turn: expected one argument."),
        (["session", "--warn", "0"], "--warn: a length of time is more than nought and at most 24h."),
        (
            ["session", "--mode", "chalenge"],
            "--mode: say listen, think or challenge; did you mean challenge?",
        ),
        (["session", "--first", "D"], "--first: say A, B or C."),
        (["session", "--rehearse", "0"], "--rehearse: say a whole number from 1 to 3600."),
        (["session", "--rehearse", "9" * 5000], "--rehearse: say a whole number from 1 to 3600."),
        (["session", "--rehearse", "0000000012345"], "--rehearse: say a whole number from 1 to 3600."),
        (["plans", "lsit"], "did you mean list?"),
        (["plans", "list", "triad"], "A list is of everything; did you mean show?"),
        (["practise", "extra"], "There is one word too many."),
        (["--plain", "sesion"], "did you mean session?"),
    ],
)
def test_wrong_usage_is_one_line_with_the_nearest_spelling(
    words: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, output, problems = told(capfd, *words)
    assert (code, output) == (2, "")
    assert problems.startswith("cotutor: ")
    assert problems.count("\n") == 1
    assert said in problems
    assert "canary" not in problems


def test_a_hostile_word_does_not_act_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for words in (["\x1b]0;x\x07session"], ["session", "--\x1b[2J"], ["plans", "show", "\x1b[2J\u202e"]):
        _, _, problems = told(capfd, *words)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", problems)


def test_a_session_as_it_was_asked_for(asked: list[object]) -> None:
    words = "session triad --turn 12m --warn 2m --warn 30s --mode listen --first B --as Ana Ben Cem --silent"
    assert cli.main([*words.split(), "--plain", "--quick", "--rehearse", "60"]) == 0
    (request,) = asked
    assert isinstance(request, SessionRequest)
    agreement = settle(request, Library()).agreement
    assert agreement.people == ("Ben", "Cem", "Ana")
    assert agreement.turn == 12 * MINUTE
    assert {wish.warnings for wish in agreement.wishes} == {(2 * MINUTE, MINUTE // 2)}
    assert {wish.mode for wish in agreement.wishes} == {Mode.LISTEN}
    assert (request.quick, request.silent, request.rehearse) == (True, True, 60)


def test_plain_may_come_first(asked: list[object]) -> None:
    assert cli.main(["--plain", "session"]) == 0
    assert asked == [SessionRequest()]


def test_the_words_of_the_options_are_those_of_the_domain() -> None:
    declared = parser.Parser("session")
    session.arguments(declared)
    for option, choices in (("--mode", [*Mode]), ("--first", [*PLACES])):
        for choice in choices:
            assert declared.parse([option, choice]).__dict__[option[2:]] == choice


def test_the_full_screen_needs_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("session",)):
        code, output, problems = told(capfd, *words)
        assert (code, output) == (2, "")
        assert "use --plain" in problems


def test_the_full_screen_is_asked_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def shown(opening: Callable[[], int] | None = None, *, readable: Sequence[str] = ()) -> int:
        asked.extend(readable)
        return opening() if opening else 0

    def run(request: object) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr("cotutor.tui.launch.on_screen", shown)
    monkeypatch.setattr("cotutor.tui.home.app.run", run)
    assert cli.main([]) == 0
    assert asked == []
    assert cli.main(["session", "triad", "--turn", "5m"]) == 0
    assert asked == ["triad", SessionRequest("triad", turn=parser.length("5m"))]


def test_nothing_is_read_before_the_fence_is_up(unfenced: list[list[object]], home: Path) -> None:
    assert cli.main(["plans", "check", "some.toml"]) == 1
    assert unfenced == [[home / ".config" / "cotutor", "some.toml"]]


@pytest.mark.parametrize(
    "words", [["plans"], ["plans", "list"], ["plans", "show", "triad"], ["prompts"], ["cards"]]
)
def test_commands_that_print(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    code, output, problems = told(capfd, *words)
    assert (code, problems) == (0, "")
    assert all(len(line) <= 80 for line in output.splitlines())


def test_prompts_show_a_step_and_an_example(capfd: pytest.CaptureFixture[str]) -> None:
    assert "II-B  Change agenda" in told(capfd, "prompts", "show", "2b")[1]
    assert "format = 1" in told(capfd, "prompts", "show", "example")[1]
    assert told(capfd, "prompts", "show", "cuse")[2].count('did you mean "cues"?') == 1


def test_a_plan_of_ones_own_is_listed_shown_and_checked(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "none of your own yet" in told(capfd, "plans", "check")[1]
    folder = home / ".config" / "cotutor" / "plans"
    folder.mkdir(parents=True)
    ours = (Path(cli.__file__).parents[1] / "content" / "plans" / "pair.toml").read_text()
    (folder / "ours.toml").write_text(ours.replace('name = "pair"', 'name = "ours"'))
    assert "Your own plans:\n  ours" in told(capfd, "plans")[1]
    assert told(capfd, "plans", "show", "ours")[1].startswith("ours: ")
    assert told(capfd, "plans", "check") == (0, "No mistakes in your own: ours.\n", "")
    (folder / "worse.toml").write_text(ours.replace('kind = "settle"', 'kind = "setle"'))
    code, output, problems = told(capfd, "plans", "check")
    assert (code, output) == (1, "")
    assert "worse.toml" in problems
    assert 'did you mean "settle"?' in problems
    assert told(capfd, "plans", "check", str(folder / "ours.toml")) == (0, "No mistakes.\n", "")
    assert "Left out:" in told(capfd, "plans")[1]


def test_every_problem_has_its_exit_code_and_its_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for problem, expected in ((WrongPassphrase, 3), (Damaged, 4), (InUse, 5), (NewerVersion, 6)):

        def fails(_words: object, problem: type[Exception] = problem) -> int:
            raise problem("What happened, and what to do.")

        monkeypatch.setattr("cotutor.cli.commands.obey", fails)
        assert told(capfd, "cards") == (expected, "", "cotutor: What happened, and what to do.\n")


def test_a_fault_of_our_own_tells_its_kind_and_place_only(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_words: object) -> int:
        raise ValueError("canary in the message")

    monkeypatch.setattr("cotutor.cli.commands.obey", fails)
    code, output, problems = told(capfd, "cards")
    assert (code, output) == (1, "")
    assert problems.count("\n") == 1
    assert "ValueError" in problems
    assert "canary" not in problems
    assert "Traceback" not in problems


def test_an_interruption_is_quiet(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_words: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cotutor.cli.commands.obey", interrupted)
    assert told(capfd, "cards") == (130, "", "")


def test_no_secret_can_be_given_as_an_argument_or_in_the_environment() -> None:
    for path in Path(cli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("--"):
                assert node.value == "--passphrase-stdin" or "pass" not in node.value
            assert not (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"})
