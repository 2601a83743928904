import pytest

from cotutor.conversation.vault.passphrase import (
    HOW_TO_CHANGE,
    OFFERED,
    OWN,
    TRIES,
    TYPE_BACK,
    ChoosingPassphrase,
    prepare,
)
from cotutor.domain.errors import CotutorError
from cotutor.vault import kdf
from tests.fakes import FakeClock
from tests.vault.cheap import CHEAP


def test_the_words_on_offer_must_be_typed_back() -> None:
    choosing = ChoosingPassphrase()
    assert choosing.offer is not None
    assert "66 bits" in choosing.advice
    words = choosing.offer.passphrase
    choosing.take()
    assert "type it back" in choosing.advice
    assert not choosing.is_typed_back("quite another thing")
    assert choosing.is_typed_back(f"  {words}  ".replace(" ", "  "))
    assert choosing.back()
    assert not choosing.back()


def test_other_words_are_drawn_only_before_they_are_taken() -> None:
    choosing = ChoosingPassphrase()
    before = choosing.chosen
    choosing.draw()
    drawn = choosing.chosen
    assert drawn != before
    choosing.take()
    choosing.draw()
    choosing.switch()
    assert choosing.chosen == drawn


@pytest.mark.parametrize("weak", ["", "Krankenhaus1", "Sommer2024!", "password password password"])
def test_a_weak_passphrase_of_ones_own_is_not_taken(weak: str) -> None:
    choosing = ChoosingPassphrase()
    choosing.switch()
    with pytest.raises(CotutorError):
        choosing.take(weak)
    assert not choosing.typing_back


def test_a_strong_one_is_taken_and_forgotten_when_that_is_wanted() -> None:
    choosing = ChoosingPassphrase()
    choosing.switch()
    choosing.take("walrus eleven quarry océan bramble")
    assert choosing.is_typed_back("walrus eleven quarry oce\u0301an bramble")
    choosing.forget()
    assert choosing.chosen == ""


class Passing(FakeClock):
    """A clock by which whatever is measured takes four tenths of a second."""

    def now(self) -> int:
        self.go(milliseconds=400)
        return super().now()


def test_a_cost_is_measured_in_seconds_by_the_clock_unless_it_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kdf, "FLOOR", CHEAP)
    assert prepare("a", Passing(), CHEAP).cost == CHEAP
    assert prepare("a", Passing()).cost.memory == 64 * 1024


def test_a_passphrase_is_only_changed_unless_re_encrypting_is_chosen_too() -> None:
    assert dict(HOW_TO_CHANGE) == {False: "change only", True: "change and re-encrypt"}
    assert HOW_TO_CHANGE[0][0] is False, "the first is the usual"


def test_a_face_without_a_screen_asks_three_times() -> None:
    assert TRIES == 3


def test_ones_own_is_chosen_and_words_are_drawn_again_after_all() -> None:
    choosing = ChoosingPassphrase()
    first = choosing.offer
    assert choosing.advice == OFFERED.format(bits=66)
    choosing.switch()
    assert (choosing.offer, choosing.advice, choosing.chosen) == (None, OWN, "")
    choosing.switch()
    assert choosing.offer is not None
    assert choosing.offer != first
    choosing.take("what is typed where words are on offer is not looked at")
    assert (choosing.advice, choosing.chosen) == (TYPE_BACK, choosing.offer.passphrase)
    assert choosing.back()
    assert not choosing.typing_back


def test_other_words_take_the_place_of_ones_own() -> None:
    choosing = ChoosingPassphrase()
    choosing.switch()
    choosing.draw()
    assert choosing.offer is not None
