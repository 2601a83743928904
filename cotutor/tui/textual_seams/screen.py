"""A screen that draws no more than has changed, and one that is answered once."""

from typing import Any, Generic, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from cotutor.tui.textual_seams.compositor import ThriftyCompositor

Result = TypeVar("Result")


class AnsweredOnce:
    """Beside Textual's own base class: what makes a screen close itself and no other.

    Textual's own closes whatever is on top. Keys typed quickly still wait in the queue of a screen
    that has been answered, or that the cover has been laid over: the second Enter would close the
    session behind a palette. No screen itself, for Textual follows only the first base that is one
    to the styles.
    """

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Answer and close, unless this has happened already or another screen lies on top."""
        if cast("Screen[Any]", self).is_active:
            return cast("AwaitComplete", super().dismiss(result))  # type: ignore[misc]  # Textual's
        return cast("AwaitComplete", AwaitComplete.nothing())  # type: ignore[no-untyped-call]


class ThriftyScreen(AnsweredOnce, Screen[Result], Generic[Result]):
    """A Textual screen with our compositor, which Textual offers no argument for."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()
