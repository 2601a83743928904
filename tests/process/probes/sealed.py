"""A sealed app with somebody's words on its screen and in its memory, and keys to do harm."""

import asyncio
import threading
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from cotutor.process import signals
from cotutor.process.shared_memory import Ending
from cotutor.tui.textual_seams.sealed_app import SealedApp
from tests.process.probes.words import NOTE, UNSEEN


def harm() -> None:
    """Fail with words in a local variable and in the message."""
    passphrase = f"{UNSEEN} as a local variable"
    raise ValueError(f"{UNSEEN} in a message, {len(passphrase)}")


class Harmful(Static):
    """A widget that cannot be drawn."""

    def render(self) -> RenderResult:
        harm()
        return ""


class Probe(SealedApp):
    """Shows a note; ``fault`` names what goes wrong on the key f."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f", "fault", "Do harm"),
        ("l", "lock", "Lock"),
        Binding("ctrl+l", "lock", "Lock", priority=True),
        ("t", "write", "To the note"),
        ("z", "suspend_process", "Stop"),
        ("w", "flood", "Write without end"),
        ("p", "passphrase", "To the passphrase"),
        ("q", "exit", "Quit"),
    ]

    def __init__(self, fault: str, start: str) -> None:
        super().__init__()
        self._kind = fault
        self._start = start

    def compose(self) -> ComposeResult:
        yield Static(f"started {self._start}", markup=False)
        yield Static(NOTE)
        yield TextArea(NOTE)
        yield Input(value=UNSEEN, password=True)

    def action_exit(self) -> None:
        self.exit(0)

    def action_lock(self) -> None:
        signals.replace_process(Ending.LOCK)

    def action_passphrase(self) -> None:
        self.set_focus(self.query_one(Input))

    def action_write(self) -> None:
        self.set_focus(self.query_one(TextArea))

    def action_flood(self) -> None:
        self.set_interval(0.001, lambda: self.refresh(layout=True))
        self.set_interval(0.001, self.bell)

    def action_fault(self) -> None:
        getattr(self, f"fault_in_{self._kind}")()

    def on_unmount(self, _event: events.Unmount) -> None:
        if self._kind == "end":
            harm()

    # The kinds of fault

    def fault_in_handler(self) -> None:
        harm()

    def fault_in_timer(self) -> None:
        self.set_timer(0.01, harm)

    def fault_in_call_later(self) -> None:
        self.call_after_refresh(harm)

    @work
    async def fault_in_worker(self) -> None:
        harm()

    @work(thread=True)
    def fault_in_thread_worker(self) -> None:
        harm()

    def fault_in_thread(self) -> None:
        threading.Thread(target=harm).start()

    def fault_in_task(self) -> None:
        async def task() -> None:
            harm()

        asyncio.create_task(task())  # noqa: RUF006  lost on purpose

    def fault_in_render(self) -> None:
        self.mount(Harmful())

    def fault_in_end(self) -> None:
        self.exit(0)

    def fault_in_panic(self) -> None:
        self.panic(f"{UNSEEN} to print")

    def fault_in_message(self) -> None:
        self.exit(4, message=f"{UNSEEN} to print")
