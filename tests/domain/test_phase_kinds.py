"""The table of the kinds of phase."""

from msgspec import convert

from cotutor.domain.duration import short
from cotutor.domain.phase_kinds import Kind

USUAL = {
    "settle": "1m",
    "news": "3m",
    "turn": "20m",
    "return": "1m",
    "swap": "30s",
    "feedback": "2m",
    "break": "5m",
    "together": "10m",
    "close": "3m",
}


def test_every_kind_is_called_by_the_word_that_plans_use() -> None:
    assert convert([kind.name.lower() for kind in Kind], list[Kind]) == list(Kind)


def test_every_kind_can_be_announced_and_lasts_a_while() -> None:
    for kind in Kind:
        traits = kind.traits
        assert traits.length > 0, kind
        assert traits.headline, kind
        assert traits.headline_of.count("{}") == bool(traits.headline_of), kind
        assert traits.time_up.count("{}") == bool(traits.time_up), kind


def test_there_is_a_turn_a_close_and_a_way_back_and_each_is_announced_apart() -> None:
    only = {
        "is_turn": {Kind.TURN},
        "has_voice": {Kind.FEEDBACK},
        "line_from_returns": {Kind.RETURN},
        "announces_parts": {Kind.TURN},
        "announces_next": {Kind.SWAP},
        "mode_may_change": {*Kind} - {Kind.RETURN, Kind.FEEDBACK},
        "closes": {Kind.CLOSE},
    }
    assert {trait: {kind for kind in Kind if getattr(kind.traits, trait)} for trait in only} == only
    assert len({kind.traits.headline for kind in Kind}) == len(Kind)


def test_a_phase_of_each_kind_has_its_usual_length() -> None:
    assert {kind.value: short(kind.traits.length) for kind in Kind} == USUAL
