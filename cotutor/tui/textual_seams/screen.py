"""A screen that draws no more than has changed."""

from typing import Generic, TypeVar

from textual.screen import Screen

from cotutor.tui.textual_seams.compositor import ThriftyCompositor

Result = TypeVar("Result")


class ThriftyScreen(Screen[Result], Generic[Result]):
    """A Textual screen with our compositor, which Textual offers no argument for."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()
