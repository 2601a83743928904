from itertools import combinations

import pytest

from cotutor.conversation.command import Command, offered
from cotutor.conversation.vault import commands

TABLES = {
    name: value
    for name, value in vars(commands).items()
    if isinstance(value, tuple) and name.isupper() and not isinstance(value, Command)
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_key_and_no_word_means_two_things_on_one_page(table: tuple[Command, ...]) -> None:
    for one, other in combinations(table, 2):
        if one.name == other.name:
            continue  # two forms of one command, of which one is offered at a time
        assert not {*one.key.split(",")} & {*other.key.split(",")} - {""}, (one, other)
        assert not one.word or one.word != other.word, (one, other)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_whatever_loses_something_must_be_typed_in_full(table: tuple[Command, ...]) -> None:
    for command in table:
        loses = command.name.partition("(")[0] in {
            "forget",
            "remove",
            "erase",
            "discard",
            "forget_all",
            "remove_recovery",
        }
        assert command.whole is loses, command


class Standing:
    def __init__(self, *, has_recovery: bool) -> None:
        self.has_recovery = has_recovery


def test_a_recovery_key_is_made_or_replaced_and_only_one_that_exists_is_removed() -> None:
    without = [one.label for one in offered(commands.LOOKING_AFTER, Standing(has_recovery=False))]
    with_one = [one.label for one in offered(commands.LOOKING_AFTER, Standing(has_recovery=True))]
    assert "Make a recovery key" in without
    assert "Remove the recovery key" not in without
    assert {"Replace the recovery key", "Remove the recovery key"} <= set(with_one)
    assert "Make a recovery key" not in with_one
