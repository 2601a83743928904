"""No state of the computer that runs the tests reaches them."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# No test fails because the computer is busy.
settings.register_profile("usual", deadline=None)
settings.register_profile("many", max_examples=10_000, deadline=None)
if settings.get_current_profile_name() in ("default", "ci"):
    settings.load_profile("usual")

# Each app that a test starts lives for long enough to be looked at again and again, a fifth of the time.
gc.set_threshold(50_000, 20, 100)

_MOST_WORKERS = 8
"""More than these wait for one another's terminals."""
_LACKING = pytest.StashKey[list[str]]()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, and nothing in the environment that points anywhere else."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name, below in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(folder / below))
    for name in ("NO_COLOR", "COLUMNS", "LINES", "TMUX", "STY", "TEXTUAL", "TEXTUAL_LOG"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A worker more than processors for whole folders, for some tests wait; a few files are done sooner by none."""
    if all(".py" in argument for argument in config.args):
        return 0
    return min((os.cpu_count() or 1) + 1, _MOST_WORKERS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a program which is not installed, unless all are insisted on."""
    lacking = {item: lack for item in items if (lack := _missing(item))}
    if lacking and not os.environ.get("COTUTOR_ALL"):
        config.hook.pytest_deselected(items=list(lacking))
        items[:] = [item for item in items if item not in lacking]
        config.stash[_LACKING] = sorted(set(lacking.values()))


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    """Say which programs were missed."""
    lacking = config.stash.get(_LACKING, [])
    return [f"not installed, so their tests are left out: {', '.join(lacking)}"] if lacking else []


def _missing(item: pytest.Item) -> str | None:
    programs = (name for marker in item.iter_markers("needs") for name in marker.args)
    return next((name for name in programs if shutil.which(name) is None), None)
