"""What the vault's screens have in common: the open vault, a line for what happened, slow work, writing."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cotutor.domain.errors import CotutorError
from cotutor.tui.common.page import OfCotutor, Page
from cotutor.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from cotutor.conversation.vault.questions import Question
    from cotutor.conversation.vault.values import Vault
    from cotutor.tui.vault.app import VaultApp

Made = TypeVar("Made")


class OfVault(OfCotutor):
    """Beside Textual's own base class: the app and the vault of a screen, and the present moment."""

    @property
    def cotutor(self) -> "VaultApp":
        """The app, which is always the vault's here."""
        return cast("VaultApp", super().cotutor)

    @property
    def vault(self) -> "Vault":
        return self.cotutor.vault

    def now(self) -> datetime:
        """The present moment, by the wall clock."""
        return self.cotutor.clock.wall()


class Writes(OfVault):
    """Beside Textual's own base class: something is written on this screen, and kept while it is shown."""

    def on_mount(self) -> None:
        """From now on it is kept, whatever ends the process."""
        self.cotutor.auto_lock.begin_writing(self)

    def on_unmount(self) -> None:
        """Nobody writes here any more."""
        self.end_writing()

    def keep(self) -> None:
        """Keep what has been written so far; see ``auto_lock.Writing``."""
        raise NotImplementedError

    def end_writing(self) -> None:
        """Keep what is written here no longer."""
        self.cotutor.auto_lock.end_writing(self)


class VaultPage(OfVault, Page[None]):
    """A page of the vault; the line above the keys is for what has happened."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Timer | None = None

    def compose(self) -> ComposeResult:
        """The bar, the body, the line, the keys."""
        yield self.top_bar()
        yield from self.body()
        yield Static(id="notice")
        yield KeyBar(self.KEYS)

    def show(self) -> None:
        """Fill the page from the vault."""

    def show_notice(self, text: str) -> None:
        """Show a line on what has just happened."""
        self.query_one("#notice", Static).update(Content(text))

    def attempt(self, change: Callable[[], object]) -> bool:
        """Change something in the vault; show why if it could not be done. Returns whether it was."""
        try:
            change()
        except CotutorError as problem:
            self.show_notice(problem.message)
            return False
        return True

    def ask(self, question: "Question", change: Callable[[], object]) -> None:
        """Ask before something is lost; after a yes, change it and show what there is now."""
        from cotutor.tui.common.confirm import ConfirmSheet  # noqa: PLC0415

        def answered(agreed: bool | None) -> None:  # noqa: FBT001  what the sheet answers
            if agreed and self.attempt(change):
                self.show()
                if question.done:
                    self.show_notice(question.done)

        self.lead_to(ConfirmSheet(question.text, question.yes), answered)

    # ------------------------------------------------------------ slow work

    @property
    def is_busy(self) -> bool:
        """Slow work is going on."""
        return self._progress is not None

    def slowly(
        self,
        doing: str,
        work: Callable[[], Made],
        done: Callable[[Made], None],
        failed: Callable[[CotutorError], None] | None = None,
    ) -> None:
        """Do slow work in a thread while the screen stays alive, and count its seconds.

        Args:
            doing: what is being done, for the line that counts.
            work: touches neither widgets nor the vault.
            done: called on the screen's own thread with what came of it.
            failed: called instead if it could not be done; by default the reason is shown.
        """
        if self._progress is not None:
            return
        began = self.cotutor.clock.now()

        def count() -> None:
            seconds = (self.cotutor.clock.now() - began) // 1000
            self.show_notice(f"{doing}…  {seconds} s")

        self._progress = self.set_interval(0.25, count)
        self.cotutor.auto_lock.deriving = True
        count()

        def finished(made: Made) -> None:
            self._rest()
            try:
                done(made)
            except CotutorError as problem:
                refused(problem)

        def refused(problem: CotutorError) -> None:
            self._rest()
            (failed or (lambda error: self.show_notice(error.message)))(problem)

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
        self.cotutor.auto_lock.deriving = False
        self.show_notice("")
