"""A length of time that somebody types."""

import pytest

from cotutor.conversation.typed import length_typed
from cotutor.domain.duration import MINUTE, SECOND
from cotutor.domain.errors import CotutorError


@pytest.mark.parametrize(
    ("written", "length"), [("5", 5 * MINUTE), ("90s", 90 * SECOND), ("1h30m", 90 * MINUTE)]
)
def test_a_number_is_minutes_unless_it_says_what_it_is(written: str, length: int) -> None:
    assert length_typed(written) == length


@pytest.mark.parametrize("written", ["", "soon", "-5", "5x"])
def test_whatever_is_no_length_is_answered_with_how_to_type_one_and_not_repeated(written: str) -> None:
    with pytest.raises(CotutorError) as refused:
        length_typed(written)
    assert refused.value.message == "Say how long: 5 for minutes, 90s, or 1h30m."
    assert refused.value.__suppress_context__
