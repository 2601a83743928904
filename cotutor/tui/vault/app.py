"""The terminal app of the vault: the same program, with one folder that it may change."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import COVER_AT_ANY_TIME
from cotutor.conversation.vault.commands import ANYWHERE
from cotutor.domain.errors import CotutorError
from cotutor.domain.keeping import Keeping
from cotutor.process import shared_memory, signals
from cotutor.process.guard import Start
from cotutor.services.auto_lock import AutoLock
from cotutor.services.clock import Clock, SystemClock
from cotutor.services.folders import config_folder, has_vault
from cotutor.tui.app import STYLE, CotutorApp
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.types import CSSPathType

    from cotutor.conversation.vault.values import Cost, Vault
    from cotutor.tui.vault.page import VaultPage

_KEEP_WITHIN = 0.5
"""Seconds from a key press to the encrypted draft that has it."""


class VaultApp(CotutorApp):
    """cotutor with the vault.

    Args:
        auto_lock: which vault it is, and when it locks; nothing is open.
        start: why this face was started.
        config_folder: where a person's own settings are; only read.
        cost: what deriving a key costs; None to measure it on this computer.
    """

    CSS_PATH: "ClassVar[CSSPathType | None]" = [STYLE, "vault.tcss"]
    KEYS: ClassVar[tuple[Command, ...]] = (
        *ANYWHERE,
        *(command for command in CotutorApp.KEYS if command is not COVER_AT_ANY_TIME),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(
        self,
        auto_lock: AutoLock,
        start: Start,
        config_folder: Path | None = None,
        *,
        cost: "Cost | None" = None,
    ) -> None:
        self.auto_lock = auto_lock
        self.start = start
        self.cost = cost
        self._saving: Timer | None = None
        self._asked: Screen[bool] | None = None
        super().__init__(auto_lock.clock, config_folder)

    @property
    def keeping(self) -> Keeping:
        """Whether the vault is open; nothing while there is none."""
        if self.auto_lock.vault is not None:
            return Keeping.OPEN
        return Keeping.LOCKED if has_vault(self.auto_lock.folder) else Keeping.NOTHING

    @property
    def vault(self) -> "Vault":
        """The open vault; only screens that are shown while there is one ask for it."""
        assert self.auto_lock.vault is not None  # noqa: S101  see above
        return self.auto_lock.vault

    def get_default_screen(self) -> "Screen[None]":
        """Nothing: Textual makes this one before a field could stand on it."""
        return Screen()

    def on_mount(self) -> None:
        self.push_screen(self._first_page())

    def _first_page(self) -> "Screen[None]":
        """Unlocking if there is a vault; otherwise what a vault is, or its making if that was confirmed."""
        if has_vault(self.auto_lock.folder):
            from cotutor.tui.vault.unlock import UnlockPage  # noqa: PLC0415

            return UnlockPage(self.start)
        from cotutor.tui.vault.create import AboutVault, CreateVault  # noqa: PLC0415

        return CreateVault() if self.start is Start.MAKE else AboutVault()

    async def on_event(self, event: events.Event) -> None:
        """Note each key press, wherever it goes."""
        if isinstance(event, events.Key | events.Paste):
            self.auto_lock.key_pressed()
        await super().on_event(event)

    # ------------------------------------------------------------ opening, keeping, leaving

    def opened(self, vault: "Vault", *, instead_of: "VaultPage", by_recovery: bool = False) -> None:
        """Show what a vault holds, now that it is open, in the place of the page that opened it."""
        from cotutor.tui.vault.reflections import ReflectionsPage  # noqa: PLC0415  loads the vault

        self.auto_lock.open(vault)
        instead_of.make_way_for(ReflectionsPage(by_recovery=by_recovery))

    def touched(self) -> None:
        """Something has been written: keep it soon."""
        if self._saving is None:
            self._saving = self.set_timer(_KEEP_WITHIN, self.keep)

    def keep(self) -> bool:
        """Keep what is being written; show why if that fails. Returns whether it is kept."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        try:
            self.auto_lock.keep()
        except CotutorError as problem:
            self.show_notice(problem.message)
            return False
        return True

    def show_notice(self, text: str) -> None:
        """Show a line on the screen that is on top, if it has room for one."""
        show = getattr(self.screen, "show_notice", None)
        if show is not None:
            show(text)

    def action_lock(self) -> None:
        """Lock if there is anything to lock away; cover the screen if not."""
        if self.auto_lock.has_secrets:
            self.auto_lock.blank()
        # Keys pressed before this one may still wait in the field's queue: lock behind them.
        (self.focused or self).call_later(self._lock_or_cover)

    def _lock_or_cover(self) -> None:
        typed = any(field.value for screen in self.screen_stack for field in screen.query(SecretField))
        if typed or self.auto_lock.has_secrets:
            self.auto_lock.blank()
            self.auto_lock.lock()
        else:
            self.action_cover()

    def action_stop(self) -> None:
        """Lock, then stop the job."""
        self.auto_lock.stop()

    def action_home(self) -> None:
        """Shut the vault and go home."""
        self._if_kept(lambda: self.auto_lock.go(shared_memory.Ending.HOME))

    async def action_leave(self) -> None:
        """Shut the vault and leave the program."""
        self._if_kept(self._leave)

    def _leave(self) -> None:
        self.auto_lock.unwatch()
        self.auto_lock.abandon()
        self.auto_lock.shut()
        self.exit(0)

    def _if_kept(self, go: Callable[[], None]) -> None:
        """Go, or ask first if what is being written can't be kept."""
        if self.keep():
            go()
            return
        from cotutor.conversation.vault.questions import LOSE  # noqa: PLC0415  loads the vault
        from cotutor.tui.common.confirm import ConfirmSheet  # noqa: PLC0415

        if self._asked not in self.screen_stack:
            self._asked = ConfirmSheet(LOSE.text, LOSE.yes)
            self.push_screen(self._asked, lambda lose: go() if lose else None)


def build_vault_app(
    folder: Path,
    *,
    start: Start = Start.VAULT,
    clock: Clock | None = None,
    replace_process: Callable[[shared_memory.Ending], None] = signals.replace_process,
    cost: "Cost | None" = None,
) -> VaultApp:
    """Make the app: the one place for the command line, the tests and the pictures."""
    auto_lock = AutoLock(folder, clock or SystemClock(), replace_process)
    return VaultApp(auto_lock, start, config_folder(), cost=cost)


def run_vault(folder: Path, start: Start, cost: "Cost | None" = None) -> int:
    """Show the vault in a folder until the person leaves; returns the exit code."""
    app = build_vault_app(folder, start=start, cost=cost)
    app.auto_lock.watch()
    return app.run_to_code()
