"""The question about an absence as a running session asks it."""

from typing import ClassVar

from textual.binding import BindingType

from cotutor.conversation.command import Command
from cotutor.conversation.session.commands import EXPLAIN
from cotutor.tui.common.away import AwaySheet
from cotutor.tui.keys import as_answers, bindings


class AbsenceSheet(AwaySheet):
    """Safety or probity may come first: beside the answers it takes ``EXPLAIN``."""

    KEYS: ClassVar[tuple[Command, ...]] = (*AwaySheet.KEYS, *as_answers((EXPLAIN,)))
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
