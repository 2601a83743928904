"""Where on this computer things are; nothing here makes a folder, and importing it costs nothing."""

from pathlib import Path


def config_folder() -> Path:
    """Where a person's own plans and prompt packs are. The folder is never created here."""
    from platformdirs import user_config_path  # noqa: PLC0415  the first line of the line mode must not wait for it

    return user_config_path("cotutor", appauthor=False)
