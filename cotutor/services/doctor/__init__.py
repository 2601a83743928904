"""Findings: what protects the person on this computer and what does not, in plain words.

One module looks at each subject; ``table`` has the words and the order. Nothing is written, nothing
is started and nothing is connected to.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from cotutor.services.doctor import computer, folders, installation, process, terminal
from cotutor.services.doctor.finding import Finding, State
from cotutor.services.doctor.table import found, in_order

__all__ = ["Finding", "State", "findings", "time_key_derivation"]

_SECOND = 1000
_FAST = 0.25
"""Seconds below which a guess is so quick that only a long passphrase helps."""


def findings(vault: Path, config: Path, environ: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Everything that can be found out at once.

    Args:
        vault: where the vault is or would be; not created.
        config: where a person's own plans are or would be; not created.
        environ: what the surroundings say of the terminal.
    """
    return in_order(
        (
            process.about_guard(),
            *process.about_fence(),
            folders.about_new_files(),
            *folders.about_vault(vault),
            computer.about_swap(),
            computer.about_disk(),
            *computer.about_crash_reports(),
            *computer.about_watching(),
            *terminal.about_multiplexer(environ),
            *terminal.about_remote(environ),
            terminal.about_recording(),
            terminal.about_kind(environ),
            *terminal.about_size(terminal.size_here()),
            terminal.about_bell(environ),
            terminal.about_colours(environ),
            folders.about_config(config),
            *installation.about_start(),
            installation.about_versions(),
        )
    )


def time_key_derivation() -> Finding:
    """How long one guess at a passphrase takes here. Takes a second or two, and 256 MiB of memory."""
    from cotutor.domain.errors import CotutorError  # noqa: PLC0415  the vault is loaded for this alone
    from cotutor.services.clock import SystemClock  # noqa: PLC0415
    from cotutor.vault.kdf import MIB, PROPOSED, derive  # noqa: PLC0415

    clock = SystemClock()
    before = clock.now()
    try:
        derive("a passphrase of nobody", bytes(16), PROPOSED)
    except CotutorError as problem:
        return found("passphrase not tried", problem=problem.message)
    took = (clock.now() - before) / _SECOND
    key = "passphrase" if took >= _FAST else "passphrase on a fast computer"
    return found(key, seconds=took, memory=PROPOSED.memory // MIB)
