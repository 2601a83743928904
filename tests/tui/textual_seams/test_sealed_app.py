"""The sealed app from inside: every way out that Textual has is closed, and upgrades are noticed."""

import inspect
import io
import os
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.driver import Driver

from cotutor.process import faults
from cotutor.process.fence import Refused
from cotutor.tui.textual_seams.driver import BlankingDriver
from cotutor.tui.textual_seams.sealed_app import SealedApp
from tests.process.probes.sealed import Probe
from tests.process.probes.words import NOTE, UNSEEN

OWN = {"run_to_code", "_fault_in_task", "_fault_in_thread", "__init__"}
"""Names that are ours and override nothing."""
OWN_OF_DRIVER = {"_stop", "_go_on_if_cleared", "_take_again", "__init__"}


SYSTEM_DRIVER = BlankingDriver.__mro__[1]
"""Textual's driver for the system the tests run on."""


def assert_empty(folder: Path) -> None:
    assert list(folder.iterdir()) == []


def overridden(ours: type, own: set[str]) -> list[str]:
    return sorted(name for name, value in vars(ours).items() if inspect.isfunction(value) and name not in own)


@pytest.mark.parametrize("name", overridden(SealedApp, OWN))
def test_what_the_app_overrides_exists_in_textual(name: str) -> None:
    assert hasattr(App, name)


@pytest.mark.parametrize("name", overridden(BlankingDriver, OWN_OF_DRIVER))
def test_what_the_driver_overrides_exists_in_textual(name: str) -> None:
    assert hasattr(SYSTEM_DRIVER, name)
    assert issubclass(SYSTEM_DRIVER, Driver)


@pytest.mark.parametrize("name", ["features", "devtools", "css_monitor"])
def test_what_the_app_switches_off_exists_in_textual(name: str) -> None:
    assert name in vars(App())


def test_every_way_out_of_textual_is_known() -> None:
    """A method of a newer Textual that delivers, saves, exports, opens or copies must be looked at."""
    words = ("deliver", "save", "export", "open", "clipboard", "screenshot", "url")
    ways = {
        name
        for name in vars(App)
        if any(word in name for word in words) and callable(getattr(App, name, None))
    }
    assert ways - {"_on_delivery_complete", "_on_delivery_failed"} <= set(vars(SealedApp))


async def test_nothing_gets_out_by_any_method(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    app = Probe("handler", "first")
    async with app.run_test() as pilot:
        app.action_screenshot()
        app.deliver_screenshot()
        app.deliver_text(io.StringIO(NOTE), save_directory=tmp_path, save_filename="a")
        app.deliver_binary(io.BytesIO(b"x"), save_directory=tmp_path, save_filename="b")
        app._deliver_binary(
            io.BytesIO(b"x"), save_directory=tmp_path, save_filename="c", open_method="browser"
        )
        app.copy_to_clipboard(NOTE)
        app.open_url("file:///etc/passwd")
        for refused in (app.export_screenshot, app.save_screenshot):
            with pytest.raises(Refused):
                refused()
        await pilot.press("ctrl+p")
        assert list(app.get_system_commands(app.screen)) == []
        assert app.clipboard == ""
    assert_empty(tmp_path)


async def test_the_driver_opens_and_delivers_nothing(tmp_path: Path) -> None:
    app = Probe("handler", "first")
    async with app.run_test():
        driver = BlankingDriver.__new__(BlankingDriver)
        driver.open_url("file:///etc/passwd")
        driver.deliver_binary(io.BytesIO(b"x"), delivery_key="k", save_path=tmp_path / "d")
    assert_empty(tmp_path)


@pytest.mark.parametrize("fault", ["handler", "timer", "call_later", "worker", "thread_worker", "render"])
async def test_a_fault_ends_the_app_in_one_line_and_a_pilot_still_sees_it(
    fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    app = Probe(fault, "first")

    async def run() -> None:
        async with app.run_test() as pilot:
            await pilot.press("f")
            await app.workers.wait_for_complete()
            await pilot.pause(0.1)

    with pytest.raises(Exception, match="UNSEEN"):
        await run()
    assert app.return_code == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith("cotutor stopped because of a fault in itself (ValueError at ")
    assert told.err.count("\n") == 1
    assert UNSEEN not in told.err


async def test_nothing_of_textuals_features_is_on() -> None:
    app = Probe("handler", "first")
    assert app.features == frozenset()
    assert app.devtools is None
    assert app.css_monitor is None
    assert app.driver_class is BlankingDriver
    assert app.ALLOW_SELECT is False


def test_the_place_of_a_fault_is_in_our_own_source_if_it_passed_there() -> None:
    def fault(work: Any) -> str:
        try:
            work()
        except Exception as error:  # noqa: BLE001
            return faults.fault_line(error)
        raise AssertionError

    assert "(Refused at sealed_app.py:" in fault(lambda: Probe("handler", "first").save_screenshot())
    assert "(FileNotFoundError at test_sealed_app.py:" in fault(lambda: os.stat("/no/such"))  # noqa: PTH116
    assert fault(lambda: int("no number")).endswith(").")
    assert faults.fault_line(ValueError(UNSEEN)).endswith("(ValueError at ?).")
