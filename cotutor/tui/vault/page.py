"""What the vault's screens have in common: the notebook, a line for what happened, slow work."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cotutor.domain.errors import CotutorError
from cotutor.tui.common.page import Page
from cotutor.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from cotutor.services.notebook import Notebook
    from cotutor.tui.vault.app import VaultApp

Made = TypeVar("Made")


class VaultPage(Page[None]):
    """A page of the vault; the line above the keys tells what happened."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Timer | None = None

    def compose(self) -> ComposeResult:
        """The bar, the body, the line, the keys."""
        yield self.top_bar()
        yield from self.body()
        yield Static(id="notice")
        yield KeyBar(self.KEYS)

    @property
    def vault_app(self) -> "VaultApp":
        """The app."""
        return cast("VaultApp", self.app)

    @property
    def notebook(self) -> "Notebook":
        """The open notebook."""
        return self.vault_app.notebook

    def now(self) -> datetime:
        """The present moment, by the wall clock."""
        return self.vault_app.clock.wall()

    def tell(self, words: str) -> None:
        """Show a line on what has just happened."""
        self.query_one("#notice", Static).update(Content(words))

    def doing(self, what: Callable[[], object]) -> bool:
        """Do something with the notebook; tell if it could not be done. Returns whether it was."""
        try:
            what()
        except CotutorError as problem:
            self.tell(problem.message)
            return False
        return True

    # ------------------------------------------------------------ slow work

    @property
    def is_busy(self) -> bool:
        """Slow work is going on."""
        return self._progress is not None

    def slowly(
        self,
        words: str,
        work: Callable[[], Made],
        done: Callable[[Made], None],
        failed: Callable[[CotutorError], None] | None = None,
    ) -> None:
        """Do slow work in a thread while the screen stays alive, and count its seconds.

        Args:
            words: what is being done, for the line that counts.
            work: touches neither widgets nor the notebook.
            done: called on the screen's own thread with what came of it.
            failed: called instead if it could not be done; by default that is told.
        """
        if self._progress is not None:
            return
        began = self.vault_app.clock.now()

        def count() -> None:
            seconds = (self.vault_app.clock.now() - began) // 1000
            self.tell(f"{words}…  {seconds} s")

        self._progress = self.set_interval(0.25, count)
        count()

        def finished(made: Made) -> None:
            self._rest()
            try:
                done(made)
            except CotutorError as problem:
                refused(problem)

        def refused(problem: CotutorError) -> None:
            self._rest()
            (failed or (lambda error: self.tell(error.message)))(problem)

        def run() -> None:
            try:
                made = work()
            except CotutorError as problem:
                self.app.call_from_thread(refused, problem)
            else:
                self.app.call_from_thread(finished, made)

        self.run_worker(run, thread=True)

    def _rest(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        self.tell("")
