"""A test for each private part of Textual that we lean on: it is there, and does what we rely on."""

import asyncio
import gc
import importlib
import inspect
import io
import os
import signal
import tomllib
import weakref
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from textual import _compositor, _styles_cache
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from cotutor.tui.textual_seams.compositor import ThriftyCompositor
from cotutor.tui.textual_seams.driver import BlankingDriver
from cotutor.tui.textual_seams.keyboard import Keyboard
from cotutor.tui.textual_seams.private_parts import PRIVATE_PARTS, TEXTUAL_VERSION, PrivatePart
from cotutor.tui.textual_seams.screen import ThriftyScreen
from cotutor.tui.textual_seams.sealed_app import SealedApp

PROVED: set[tuple[str, str]] = set()
"""The parts that have a test below."""

_SIGNALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)

Test = Callable[..., Any]


def proves(owner: str, name: str) -> Callable[[Test], Test]:
    """Mark the test that fails when this part is no longer what we rely on."""
    PROVED.add((owner, name))
    return lambda test: test


def _there(part: PrivatePart) -> bool:
    """Whether Textual has the part where it is said to be."""
    from tests.tui.textual_seams.private import own_names  # noqa: PLC0415

    try:
        owner = importlib.import_module(part.owner)
    except ImportError:
        module, _, name = part.owner.rpartition(".")
        kind = getattr(importlib.import_module(module), name)
        return part.name in vars(kind) or part.name in own_names(kind)
    return hasattr(owner, part.name)


@pytest.mark.parametrize("part", PRIVATE_PARTS, ids=lambda part: part.name)
def test_textual_has_the_part_where_the_list_says(part: PrivatePart) -> None:
    assert _there(part)
    assert part.why.endswith(".")


def test_a_part_that_textual_does_not_have_is_noticed() -> None:
    assert not _there(PrivatePart("textual.app.App", "_no_such_part", ("sealed_app",), "."))
    assert not _there(PrivatePart("textual.driver.Driver", "_must_signal_resume", ("driver",), "."))


def test_each_part_has_a_test_of_its_own() -> None:
    assert {(part.owner, part.name) for part in PRIVATE_PARTS} == PROVED


def test_the_list_is_for_the_version_that_is_installed_and_asked_for() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    assert version("textual") == TEXTUAL_VERSION
    assert f"textual=={TEXTUAL_VERSION}" in project["dependencies"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (Compositor._get_renders, ThriftyCompositor._get_renders),
        (App._handle_exception, SealedApp._handle_exception),
        (App._fatal_error, SealedApp._fatal_error),
        (App._print_error_renderables, SealedApp._print_error_renderables),
        (LinuxDriver._run_input_thread, BlankingDriver._run_input_thread),
    ],
    ids=lambda method: method.__qualname__,
)
def test_what_is_overridden_is_still_called_with_the_same_arguments(theirs: Test, ours: Test) -> None:
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)


# ------------------------------------------------------------ drawing


@proves("textual", "_compositor")
@proves("textual._compositor.Compositor", "_get_renders")
@proves("textual.screen.Screen", "_compositor")
async def test_a_screen_is_drawn_by_the_compositor_that_is_set_on_it() -> None:
    asked: list[Region | None] = []

    class Noting(ThriftyCompositor):
        def _get_renders(self, crop: Region | None = None) -> Any:
            asked.append(crop)
            return super()._get_renders(crop)

    class Noted(ThriftyScreen[None]):
        def __init__(self) -> None:
            super().__init__()
            self._compositor = Noting()

        def compose(self) -> Any:
            yield Static("one")

    class Bare(App[None]):
        def get_default_screen(self) -> Screen[None]:
            return Noted()

    async with Bare().run_test() as pilot:
        await pilot.pause()
        assert asked, "the whole screen is drawn through it"
        asked.clear()
        pilot.app.screen.query_one(Static).update("two")
        await pilot.pause()
        assert any(asked), "and so is a part"
    assert type(Screen()._compositor) is Compositor is _compositor.Compositor


@proves("textual", "_styles_cache")
@proves("textual._styles_cache.StylesCache", "get_inner_outer")
async def test_what_a_screen_has_drawn_is_forgotten_with_it() -> None:
    app = SealedApp()
    async with app.run_test() as pilot:
        await app.push_screen(ThriftyScreen())
        await app.screen.mount(Static("words"))
        await pilot.pause()
        assert "words" in "".join(strip.text for strip in app.screen._compositor.render_strips())
        drawn = weakref.ref(app.screen.query_one(Static)._styles_cache)
        assert type(drawn()) is _styles_cache.StylesCache
        await app.pop_screen()
        await pilot.pause()
        gc.collect()
        assert drawn() is None


def test_the_colours_that_are_remembered_are_those_that_textual_would_find() -> None:
    dark, tint = Color(0, 0, 0), Color(255, 0, 0, 0.5)
    inner, outer = StylesCache().get_inner_outer(dark, tint)
    assert inner == Style(background=dark + tint)
    assert outer == Style(background=dark)
    assert StylesCache().get_inner_outer(dark, tint)[0] is inner


# ------------------------------------------------------------ the driver


@pytest.fixture
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals")
@proves("textual.drivers.linux_driver.LinuxDriver", "_sigtstp_application")
@proves("textual.drivers.linux_driver.LinuxDriver", "_sigcont_application")
async def test_the_signals_that_stop_and_continue_come_to_the_methods_that_are_overridden() -> None:
    driver = BlankingDriver(App())
    assert signal.getsignal(signal.SIGTSTP) == driver._sigtstp_application
    assert signal.getsignal(signal.SIGCONT) == driver._sigcont_application


@pytest.mark.usefixtures("_signals")
@proves("textual.driver.Driver", "_auto_restart")
async def test_the_terminal_is_to_be_taken_again_except_where_textual_suspends_on_purpose() -> None:
    driver = BlankingDriver(App())
    assert driver._auto_restart is True
    with driver.no_automatic_restart():
        assert driver._auto_restart is False
    assert driver._auto_restart is True
    assert Driver.no_automatic_restart is BlankingDriver.no_automatic_restart


class Reading(BlankingDriver):
    """A driver whose thread reads no key, but notes that it was started."""

    started = False

    def _run_input_thread(self) -> None:
        self.started = True


@pytest.mark.usefixtures("_signals")
@proves("textual.drivers.linux_driver.LinuxDriver", "_run_input_thread")
@proves("textual.drivers.linux_driver.LinuxDriver", "_must_signal_resume")
async def test_taking_the_terminal_reads_keys_by_the_override_and_tells_the_app_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Told(App[None]):
        resumed = False

        async def _post_message(self, message: Any) -> bool:
            self.resumed |= isinstance(message, Driver.SignalResume)
            return True

    app = Told()
    with (tmp_path / "terminal").open("w+") as terminal:
        monkeypatch.setattr("sys.__stderr__", terminal)
        monkeypatch.setattr("sys.__stdin__", terminal)
        driver = Reading(app)
        assert driver._must_signal_resume is False
        driver._must_signal_resume = True
        LinuxDriver.start_application_mode(driver)  # type: ignore[no-untyped-call]  # Textual leaves it bare
        try:
            assert driver._key_thread is not None
            driver._key_thread.join()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        finally:
            LinuxDriver.close(driver)
    assert driver.started
    assert app.resumed
    assert driver._must_signal_resume is False


@pytest.mark.usefixtures("_signals")
@proves("textual.drivers.linux_driver", "getincrementaldecoder")
async def test_what_is_typed_goes_through_our_decoder() -> None:
    typed, wire = os.pipe()
    os.write(wire, b"caf\xe9s")
    came: list[Any] = []

    class Piped(BlankingDriver):
        def process_message(self, message: Any) -> None:
            came.append(message)
            if message.character == "s":
                self.exit_event.set()

    driver = Piped(App())
    driver.fileno = typed
    driver.run_input_thread()
    os.close(typed)
    os.close(wire)
    assert [event.character for event in came] == ["c", "a", "f", "\ufffd", "s"]
    assert isinstance(vars(linux_driver)["getincrementaldecoder"]("utf-8")(), Keyboard)


# ------------------------------------------------------------ the app


class Noting(App[int]):
    """A bare app that notes which of its private methods Textual calls."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []

    def _handle_exception(self, error: Exception) -> None:
        self.called.append("_handle_exception")
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.called.append("_fatal_error")
        super()._fatal_error()

    def _print_error_renderables(self) -> None:
        self.called.append("_print_error_renderables")
        super()._print_error_renderables()

    def action_fault(self) -> None:
        raise ValueError("unseen")

    def key_f(self) -> None:
        self.action_fault()


@proves("textual.app.App", "_handle_exception")
@proves("textual.app.App", "_fatal_error")
@proves("textual.app.App", "_print_error_renderables")
async def test_a_fault_comes_through_the_three_methods_and_is_printed_by_the_last(
    capfd: pytest.CaptureFixture[str],
) -> None:
    app = Noting()
    with pytest.raises(ValueError, match="unseen"):
        await _press_f(app)
    assert app.called[:2] == ["_handle_exception", "_fatal_error"]
    assert app.called[-1] == "_print_error_renderables"
    assert app.return_code == 1
    assert "unseen" in capfd.readouterr().err, "what Textual prints, and ours does not"


async def _press_f(app: App[int]) -> None:
    async with app.run_test() as pilot:
        await pilot.press("f")


@proves("textual.message_pump.MessagePump", "_close_messages_no_wait")
async def test_closing_the_messages_ends_the_app() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        app._close_messages_no_wait()
        assert pilot.app._task is not None
        await asyncio.wait_for(asyncio.shield(pilot.app._task), 5)
        assert not app.is_running


@proves("textual.app.App", "_devtools_redirector")
async def test_what_is_printed_goes_to_the_development_console_only_by_this_attribute() -> None:
    class Console:
        def __init__(self) -> None:
            self.printed = ""

        def write(self, text: str, _frame: Any) -> None:
            self.printed += text

        def flush(self) -> None: ...

    console = Console()
    app = App[None]()
    async with app.run_test():
        app._devtools_redirector = console
        print("seen", end="")
        app._devtools_redirector = None
        print("unseen", end="")
    assert console.printed == "seen"
    assert SealedApp()._devtools_redirector is None


@proves("textual.app.App", "_deliver_binary")
async def test_every_delivery_of_a_file_ends_in_one_method() -> None:
    delivered: list[Any] = []

    class Delivering(App[None]):
        def _deliver_binary(self, binary: Any, **_options: Any) -> None:
            delivered.append(binary)

    app = Delivering()
    async with app.run_test():
        text, data = io.StringIO("a"), io.BytesIO(b"b")
        app.deliver_text(text, save_filename="a")
        app.deliver_binary(data, save_filename="b")
        app.deliver_screenshot()
    assert delivered[:2] == [text, data]
    assert len(delivered) == 3
