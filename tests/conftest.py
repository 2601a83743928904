"""No state of the computer that runs the tests reaches them."""

from pathlib import Path

import pytest


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
