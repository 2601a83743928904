"""Starts the full screen, in a face process with the vault or in one without it.

The process without the vault shows the home screen and sessions. Its fence lets it change no file,
and it loads nothing of the vault. The process with the vault can change the vault's folder and
nothing else. A fence cannot be widened, so going from one to the other means that the process ends
and the guard starts the other one (`cotutor.process.guard`).

Nothing here may import Textual: the fence is armed before that.
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


def _run(first: Start, opening: Opening, readable: Sequence[str], vault: Path | None) -> int:
    require_terminal()

    def face(start: Start) -> int:
        wanted = first if start is Start.FIRST else start
        if wanted is Start.FIRST:
            return _without_vault(opening, readable)
        from cotutor.services.folders import vault_folder  # noqa: PLC0415  the guard does without

        folder = vault_folder(vault)
        if wanted is not Start.MAKE:
            with suppress(OSError):
                folder.rmdir()  # empty: its making was confirmed, then given up
        if wanted is Start.HOME:
            shared_memory.take_message()  # the vault has not used what the session left: forget it
            return _without_vault(_home, ())
        return _with_vault(folder, wanted)

    return run_guarded(face)


def _without_vault(opening: Opening, readable: Sequence[str]) -> int:
    from cotutor.process.fence import arm  # noqa: PLC0415  the guard does without
    from cotutor.services.folders import config_folder  # noqa: PLC0415

    arm(readable=[config_folder(), *readable])
    return opening()


def _with_vault(folder: Path, start: Start) -> int:
    from cotutor.process.fence import arm  # noqa: PLC0415
    from cotutor.services.folders import config_folder  # noqa: PLC0415

    if start is Start.MAKE:
        from cotutor.conversation.vault.unlocking import private_folder  # noqa: PLC0415

        private_folder(folder)
    arm([folder], readable=[config_folder()])
    from cotutor.tui.vault.app import run_vault  # noqa: PLC0415  after the fence

    return run_vault(folder, start)


def _home() -> int:
    from cotutor.tui.home import app  # noqa: PLC0415  after the fence

    return app.run()
