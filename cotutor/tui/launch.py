"""The two faces of the full screen, each in a process of its own.

The first shows home and sessions; it is fenced in with no folder to write to and loads nothing of
the vault. The second has the vault, and its folder is the only one it can change. What a process
has been denied can't be given back to it, so the way from one to the other leads through the guard.

Nothing here may import Textual: the fence goes up before that.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cotutor.process import shared_memory
from cotutor.process.guard import Start, run_guarded
from cotutor.process.terminal import require_terminal

Opening = Callable[[], int]
"""Shows what was asked for first, and returns the exit code."""


def on_screen(
    opening: Opening | None = None, *, readable: Sequence[str] = (), vault: Path | None = None
) -> int:
    """Run the full screen under guard; returns the exit code.

    Args:
        opening: the session that was asked for; None for the home screen.
        readable: files that the opening needs, such as a plan.
        vault: the folder of the vault that home leads to; None for the usual one.

    Raises:
        WrongUsage: there is no terminal.
    """
    return _run(Start.FIRST, opening or _home, readable, vault)


def on_vault(vault: Path | None = None) -> int:
    """Run the full screen under guard, beginning at the vault; returns the exit code.

    Raises:
        WrongUsage: there is no terminal.
    """
    return _run(Start.VAULT, _home, (), vault)


def _run(begin: Start, opening: Opening, readable: Sequence[str], vault: Path | None) -> int:
    require_terminal()

    def face(start: Start) -> int:
        wanted = begin if start is Start.FIRST else start
        if wanted is Start.FIRST:
            return _without_writing(opening, readable)
        from cotutor.services.auto_lock import vault_folder  # noqa: PLC0415  the guard does without

        folder = vault_folder(vault)
        if wanted is not Start.MAKE:
            with suppress(OSError):
                folder.rmdir()  # empty: its making was confirmed, then given up
        if wanted is Start.HOME:
            shared_memory.take_from_last()  # not asked for in the vault, so forgotten
            return _without_writing(_home, ())
        return _with_vault(folder, wanted)

    return run_guarded(face)


def _without_writing(opening: Opening, readable: Sequence[str]) -> int:
    from cotutor.process.fence import arm  # noqa: PLC0415  the guard does without
    from cotutor.services.folders import config_folder  # noqa: PLC0415

    arm(readable=[config_folder(), *readable])
    return opening()


def _with_vault(folder: Path, start: Start) -> int:
    from cotutor.process.fence import arm  # noqa: PLC0415
    from cotutor.services.folders import config_folder  # noqa: PLC0415

    if start is Start.MAKE:
        from cotutor.vault.files import private_folder  # noqa: PLC0415

        private_folder(folder)
    arm([folder], readable=[config_folder()])
    from cotutor.tui.vault.app import run_vault  # noqa: PLC0415  after the fence

    return run_vault(folder, start)


def _home() -> int:
    from cotutor.tui import app  # noqa: PLC0415  after the fence

    return app.run()
