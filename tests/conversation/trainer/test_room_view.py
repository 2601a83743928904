"""What a room reads from afar."""

from msgspec.structs import replace

from cotutor.conversation.trainer.room_view import room_view
from cotutor.domain.programme import ItemKind
from cotutor.domain.scenes import LEGEND, scenes
from cotutor.services.noticeboard import Posted
from tests.domain.test_programme import item, programme, round_of

SHOWN = scenes(programme(item(ItemKind.WELCOME, 5), round_of(2, feedback=None)))
WELCOME = Posted(0, 0, 61_000, 300_000, 1_772_442_000_000, 1, held=False, over=False, people=4)
TURN = replace(WELCOME, section=1, phase=1, seats=((1, 2), (3, 4)))


def test_without_a_workshop_and_after_a_day_only_that_is_read() -> None:
    assert room_view(None, SHOWN) == ("Waiting for the trainer", "", "", "", "", "", "", "", 0, 0, False)
    over = room_view(replace(WELCOME, over=True), SHOWN)
    assert over == ("The day is over. Thank you.", "", "", "", "", "", "", "", 0, 0, False)


def test_a_part_has_its_digits_and_what_to_do() -> None:
    view = room_view(WELCOME, SHOWN)
    assert (view.doing, view.what, view.digits, view.instruction) == ("Welcome", "", "1:01", "Together.")
    assert (view.left, view.agreed, view.held) == (61_000, 300_000, False)
    assert view.until.startswith("until ")
    assert (view.groups, view.legend, view.odd) == ("", "", "")
    assert room_view(replace(WELCOME, held=True), SHOWN).held


def test_digits_are_rounded_up_until_nought_and_then_count_what_is_over() -> None:
    shown = {
        left: room_view(replace(WELCOME, left=left), SHOWN).digits
        for left in (60_001, 60_000, 1, 0, -1, -61_000)
    }
    assert list(shown.values()) == ["1:01", "1:00", "0:01", "0:00", "+0:00", "+1:01"]


def test_a_phase_that_ends_by_itself_is_never_over_its_time() -> None:
    assert room_view(replace(TURN, left=-5_000), SHOWN)[2] == "0:00"
    assert room_view(replace(TURN, left=-5_000), SHOWN).left == 0


def test_a_round_shows_who_has_which_part_and_what_odd_groups_do() -> None:
    view = room_view(TURN, SHOWN)
    assert (view.doing, view.what) == ("Turn 1 of 2", "A round")
    assert view.groups == "1→2    3→4"
    assert view.legend == LEGEND
    assert view.odd == ""
    assert room_view(replace(TURN, people=5), SHOWN).odd.startswith("The three: ")
    assert room_view(replace(TURN, phase=0), SHOWN).legend == ""
    assert room_view(replace(TURN, seats=()), SHOWN).legend == ""
    assert room_view(replace(TURN, phase=0), SHOWN, ("Ana", "Ben", "Cem")).groups == (
        "Ana\u00a0·\u00a0Ben    Cem\u00a0·\u00a04"
    )


def test_a_rehearsal_says_so_and_how_fast_it_is() -> None:
    assert room_view(replace(WELCOME, speed=2), SHOWN).what == "REHEARSAL 2x"
    assert room_view(replace(TURN, speed=60), SHOWN).what == "REHEARSAL 60x · A round"


def test_a_part_that_is_not_known_here_has_its_number_and_its_time() -> None:
    for unknown in (replace(TURN, section=2), replace(TURN, phase=99), replace(TURN, phase=4)):
        view = room_view(unknown, SHOWN)
        assert view.doing == f"Part {unknown.section + 1}"
        assert view.instruction.startswith("For the instructions")
        assert view.digits == "1:01"
        assert view.groups == "1\u00a0·\u00a02    3\u00a0·\u00a04"
    three = replace(TURN, section=9, seats=((1, 2, 3),))
    assert room_view(three, SHOWN).groups == "1\u00a0·\u00a02\u00a0·\u00a03"
