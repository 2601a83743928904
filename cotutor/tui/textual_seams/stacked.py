"""A screen that keeps to its place in the stack of screens.

Textual's own methods act on whatever is on top. But keys typed quickly still wait in the queue of
a screen that has led on or has been answered, and slow work ends when the cover may have been laid
over everything: a second Enter would close the session behind a palette, and a vault that opens
would take the cover off.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultCallbackType

Result = TypeVar("Result")


class Stacked:
    """Beside Textual's own base class: a screen that closes itself and no other.

    No screen itself, for Textual follows only the first base that is one to the styles.
    """

    _waiting: tuple[Callable[[], object], ...] = ()

    @property
    def _own(self) -> Screen[Any]:
        return cast("Screen[Any]", self)

    def when_on_top(self, then: Callable[[], object]) -> None:
        """Do something now, or as soon as nothing lies over this screen; never, once it is closed."""
        if self._own.is_active:
            then()
        elif self._own in self._own.app.screen_stack:
            self._waiting = (*self._waiting, then)

    def on_screen_resume(self) -> None:
        """Do what has waited, as far as this screen stays on top."""
        while self._waiting and self._own.is_active:
            then, *rest = self._waiting
            self._waiting = tuple(rest)
            then()

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Answer and close, once; what lies over this screen is closed first, by whoever opened it."""
        if self._own.is_active:
            return cast("AwaitComplete", super().dismiss(result))  # type: ignore[misc]  # Textual's
        self.when_on_top(lambda: self.dismiss(result))
        return cast("AwaitComplete", AwaitComplete.nothing())  # type: ignore[no-untyped-call]

    def step_back(self, then: Callable[[], object] | None = None) -> None:
        """Close this screen, now or as soon as nothing lies over it.

        Args:
            then: what to do once the screen below is shown.
        """

        def close() -> None:
            app = self._own.app
            app.pop_screen()
            if then:
                app.call_after_refresh(then)

        self.when_on_top(close)

    def make_way_for(self, screen: Screen[Any]) -> None:
        """Put another screen in the place of this one, now or as soon as nothing lies over it."""
        self.when_on_top(lambda: self._own.app.switch_screen(screen))

    def lead_to(
        self, screen: Screen[Result], answered: ScreenResultCallbackType[Result] | None = None
    ) -> None:
        """Lay another screen over this one; nothing happens if something lies there already."""
        if self._own.is_active:
            self._own.app.push_screen(screen, answered)
