"""Which commands a session allows, in each situation that it can be in."""

from collections.abc import Callable

import pytest

from cotutor.conversation.notice import Medium
from cotutor.conversation.session.commands import COMMANDS
from cotutor.domain.errors import CotutorError
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind
from tests.conversation.session.sat import Sat

ALWAYS = {"app.keys", "app.signposts", "owed", "bell", "explain"}
RUNS = {"time", "end"}
FREE = {"pause", "next", "more", "earlier"} | RUNS
TURN = FREE | {"give_back", "guide", "cue", "mode", "scratchpad", "jot"}


def _settling(medium: Medium = Medium.WORDS) -> Sat:
    return Sat(medium=medium)


def _turn(medium: Medium = Medium.WORDS) -> Sat:
    sat = Sat(medium=medium).until(Kind.TURN)
    sat.go(11)
    return sat


def _just_begun(medium: Medium = Medium.WORDS) -> Sat:
    return Sat(medium=medium).until(Kind.TURN)


def _over(medium: Medium = Medium.WORDS) -> Sat:
    sat = _turn(medium)
    sat.go(20 * 60)
    return sat


def _paused(medium: Medium = Medium.WORDS) -> Sat:
    sat = _turn(medium)
    sat.talk.obey("pause")
    return sat


def _explaining(medium: Medium = Medium.WORDS) -> Sat:
    sat = _turn(medium)
    sat.talk.obey("explain")
    return sat


def _away(medium: Medium = Medium.WORDS) -> Sat:
    sat = _turn(medium)
    sat.clock.go(hours=1)
    sat.talk.tick()
    return sat


def _coming_back(medium: Medium = Medium.WORDS) -> Sat:
    return Sat(medium=medium).until(Kind.RETURN)


def _swap(medium: Medium = Medium.WORDS) -> Sat:
    return Sat(medium=medium).until(Kind.SWAP)


def _close(medium: Medium = Medium.WORDS) -> Sat:
    sat = Sat(medium=medium).until(Kind.CLOSE)
    sat.go(11)
    return sat


def _ended(medium: Medium = Medium.WORDS) -> Sat:
    sat = _close(medium)
    sat.talk.obey("end")
    sat.clock.go(seconds=11)
    sat.talk.tick()
    return sat


@pytest.mark.parametrize(
    ("situation", "allowed"),
    [
        (_settling, TURN - {"scratchpad", "jot"} | ALWAYS),
        (_just_begun, TURN | {"undo"} | ALWAYS),
        (_turn, TURN | ALWAYS),
        (_over, TURN - {"give_back"} | ALWAYS),
        (_paused, TURN - {"pause"} | {"resume", "undo"} | ALWAYS),
        (_explaining, RUNS | {"resume"} | ALWAYS - {"explain"}),
        (_away, {"count", "leave_out", "move_on", "time"} | ALWAYS),
        (_coming_back, FREE - {"earlier"} | {"give_back", "guide", "cue", "undo"} | ALWAYS),
        (_close, FREE - {"earlier"} | {"give_back"} | ALWAYS),
        (_ended, {"leave", "end"} | ALWAYS),
    ],
)
def test_each_situation_allows_its_own_commands_and_no_others(
    situation: Callable[..., Sat], allowed: set[str]
) -> None:
    sat = situation()
    assert sat.offered == allowed
    assert {name for name in (one.name for one in COMMANDS) if sat.talk.allows(name)} == allowed


OF_FACES = {"read(2)", "read(-2)", "app.cover", "big", "put_away", "reflect", "tally", "bell"}
"""What a face does itself, without its conversation."""


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize(
    "situation",
    [
        _settling,
        _just_begun,
        _turn,
        _over,
        _paused,
        _explaining,
        _away,
        _coming_back,
        _swap,
        _close,
        _ended,
    ],
)
def test_a_command_that_is_offered_is_not_refused_as_out_of_place(
    situation: Callable[[Medium], Sat], medium: Medium
) -> None:
    offered = [one for one in situation(medium).talk.offered() if one.name not in OF_FACES]
    assert {"explain", "app.keys"} & {one.name for one in offered}
    for command in offered:
        situation(medium).talk.obey(command.name, "a line" if command.name == "jot" else command.given)


def test_a_question_that_is_open_is_answered_before_anything_else() -> None:
    later = {
        "next",
        "more",
        "give_back",
        "earlier",
        "undo",
        "mode",
        "guide",
        "cue",
        "scratchpad",
        "jot",
        "keep",
    }
    for situation, waits, why in (
        (_explaining, later, "held to stop and explain"),
        (_away, later | {"end"}, "Decide first"),
    ):
        for name in waits:
            with pytest.raises(CotutorError, match=why):
                situation().talk.obey(name, "1")
    assert _away().asked == [Why.AWAY]
    assert _paused().talk.question is None


def test_only_a_plan_that_lets_them_keep_a_scratchpad_offers_to() -> None:
    assert "keep" in Sat("one-way").until(Kind.TURN).offered
    assert "keep" not in Sat("one-way").until(Kind.CLOSE).offered
    assert "keep" not in _turn().offered


def test_notes_are_offered_after_the_end_if_they_were_agreed_on_and_a_tally_where_somebody_observes() -> None:
    agreed, other = (Sat("pair", Medium.KEYS, notes=notes).until(Kind.CLOSE) for notes in (True, False))
    assert not {"reflect", "tally"} & (agreed.offered | other.offered)
    for sat in (agreed, other):
        sat.talk.obey("end")
    assert "reflect" in agreed.offered
    assert "reflect" not in other.offered
    three = Sat("triad", Medium.KEYS)
    assert "tally" not in three.offered
    assert "tally" in three.until(Kind.TURN).offered
    assert "tally" not in Sat("pair", Medium.KEYS).until(Kind.TURN).offered


def test_the_close_is_read_on_and_back_on_the_screen_alone() -> None:
    screen = Sat("pair", Medium.KEYS)
    assert not any(name.startswith("read") for name in screen.offered)
    assert {"read(2)", "read(-2)"} <= screen.until(Kind.CLOSE).offered


def test_moving_on_after_an_absence_leaves_it_out() -> None:
    sat = _away()
    sat.talk.obey("move_on")
    assert sat.talk.question is None
    assert sat.talk.state.phase.kind is Kind.RETURN
    assert sat.talk.state.done[-1].ran < 60_000


def test_nobody_leaves_a_session_that_runs_and_after_its_end_three_commands_do() -> None:
    sat = _turn()
    with pytest.raises(CotutorError, match="still runs"):
        sat.talk.obey("leave")
    for name in ("leave", "next", "end"):
        over = _ended()
        assert not over.talk.left
        assert over.talk.obey(name) == ()
        assert over.talk.left
