"""The terminal app of the vault: the same program, with one folder that it may change."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from cotutor.conversation.command import Command
from cotutor.domain.errors import CotutorError
from cotutor.domain.keeping import Keeping
from cotutor.process import shared_memory, signals
from cotutor.process.guard import Start
from cotutor.services import auto_lock
from cotutor.services.auto_lock import Gate
from cotutor.services.clock import Clock, SystemClock
from cotutor.services.folders import config_folder
from cotutor.tui.app import STYLE, CotutorApp
from cotutor.tui.keys import bindings

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.types import CSSPathType

    from cotutor.services.notebook import Notebook
    from cotutor.vault.kdf import Cost

_KEEP_WITHIN = 0.5
"""Seconds from a key press to the encrypted draft that has it."""


class VaultApp(CotutorApp):
    """cotutor with the vault.

    Args:
        shut: the gate of the vault, nothing open.
        start: why this face was started.
        config_folder: where a person's own settings are; only read.
        cost: what deriving a key costs; None to measure it on this computer.
    """

    CSS_PATH: "ClassVar[CSSPathType | None]" = [STYLE, "vault.tcss"]
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command(
            "ctrl+l", "lock", "Lock", "Keep what is written and lock, at once.", bar=False, priority=True
        ),
        Command("f9", "cover", "Cover", "Cover the screen with a plain clock.", bar=False, priority=True),
        Command("ctrl+z", "stop", "Stop", "Lock, and go back to the shell until you type fg.", bar=False),
        *(command for command in CotutorApp.KEYS if command.key != "ctrl+l"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(
        self, shut: Gate, start: Start, config_folder: Path | None = None, *, cost: "Cost | None" = None
    ) -> None:
        self.gate = shut
        self.start = start
        self.cost = cost
        self._saving: Timer | None = None
        super().__init__(shut.clock, config_folder, become=shut.go)

    @property
    def keeping(self) -> Keeping:
        """Whether the vault is open; nothing while there is none."""
        if self.gate.notebook is not None:
            return Keeping.OPEN
        return Keeping.LOCKED if auto_lock.is_there(self.gate.folder) else Keeping.NOTHING

    @property
    def notebook(self) -> "Notebook":
        """The open notebook; only screens that are shown while there is one ask for it."""
        assert self.gate.notebook is not None  # noqa: S101  see above
        return self.gate.notebook

    def get_default_screen(self) -> "Screen[None]":
        """Nothing: Textual makes this one before a field could stand on it."""
        return Screen()

    def on_mount(self) -> None:
        """Begin."""
        self.push_screen(self._first_page())

    def _first_page(self) -> "Screen[None]":
        """Unlocking if there is a vault; otherwise what a vault is, or its making if that was confirmed."""
        from cotutor.tui.vault.create import AboutVault, CreateVault  # noqa: PLC0415
        from cotutor.tui.vault.unlock import UnlockPage  # noqa: PLC0415

        if auto_lock.is_there(self.gate.folder):
            return UnlockPage(self.start)
        return CreateVault() if self.start is Start.MAKE else AboutVault()

    async def on_event(self, event: events.Event) -> None:
        """Note each key press, wherever it goes."""
        if isinstance(event, events.Key | events.Paste):
            self.gate.key_pressed()
        await super().on_event(event)

    # ------------------------------------------------------------ opening, keeping, leaving

    def opened(self, notebook: "Notebook", *, by_recovery: bool = False) -> None:
        """Show what a notebook holds, now that it is open."""
        from cotutor.services.upkeep import preferences  # noqa: PLC0415  loads the vault
        from cotutor.tui.vault.reflections import ReflectionsPage  # noqa: PLC0415

        self.gate.open(notebook)
        self.gate.lock_after = preferences(notebook).lock_after
        self.switch_screen(ReflectionsPage(by_recovery=by_recovery))

    def touched(self) -> None:
        """Something has been written: keep it soon."""
        if self._saving is None:
            self._saving = self.set_timer(_KEEP_WITHIN, self.keep)

    def keep(self) -> bool:
        """Keep what is being written; tell if that fails. Returns whether it is kept."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        try:
            self.gate.keep()
        except CotutorError as problem:
            self.tell(problem.message)
            return False
        return True

    def tell(self, words: str) -> None:
        """Show a line on the screen that is on top."""
        tell = getattr(self.screen, "tell", None)
        if tell is not None:
            tell(words)

    def action_lock(self) -> None:
        """Lock if there is anything to lock away; cover the screen if not."""
        if not self.gate.has_secrets:
            self.action_cover()
            return
        self.gate.cover()
        # Keys pressed before this one may still wait in the field's queue: lock behind them.
        (self.focused or self).call_later(self.gate.lock)

    def action_stop(self) -> None:
        """Lock, then stop the job."""
        self.gate.stop()

    def action_home(self) -> None:
        """Shut the vault and go home."""
        self._if_kept(lambda: self.gate.go(shared_memory.Ending.HOME))

    async def action_leave(self) -> None:
        """Shut the vault and leave the program."""
        self._if_kept(self._leave)

    def _leave(self) -> None:
        self.gate.unwatch()
        self.gate.writing = None
        self.gate.shut()
        self.exit(0)

    def _if_kept(self, go: Callable[[], None]) -> None:
        """Go, or ask first if what is being written can't be kept."""
        from cotutor.tui.common.confirm import ConfirmSheet  # noqa: PLC0415

        if self.keep():
            go()
            return
        question = "What you wrote last could not be kept. Go all the same, and lose it?"
        self.push_screen(ConfirmSheet(question, "Lose it"), lambda lose: go() if lose else None)


def build_vault_app(
    folder: Path,
    *,
    start: Start = Start.VAULT,
    clock: Clock | None = None,
    become: Callable[[shared_memory.Ending], None] = signals.replace_process,
    cost: "Cost | None" = None,
) -> VaultApp:
    """Make the app: the one place for the command line, the tests and the pictures."""
    shut = Gate(folder, clock or SystemClock(), become)
    return VaultApp(shut, start, config_folder(), cost=cost)


def run_vault(folder: Path, start: Start, cost: "Cost | None" = None) -> int:
    """Show the vault in a folder until the person leaves; returns the exit code."""
    app = build_vault_app(folder, start=start, cost=cost)
    app.gate.watch()
    return app.run_to_code()
