"""``cotutor doctor``: what protects you on this computer and what does not, in plain words.

It looks and reads; it writes nothing, starts nothing and connects to nothing.
"""

import os
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cotutor.domain.text import one_line
from cotutor.services.doctor import computer, folders, installation, process, terminal
from cotutor.services.doctor.finding import Finding, State

__all__ = ["Finding", "State", "as_lines", "findings", "time_key_derivation"]

_SECOND = 1000
_LONGEST = 600
_WIDTH = 78
_NAME = 17
"""Columns for a finding's name, with the space after it."""


def findings(vault: Path, config: Path, environ: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Everything that can be found out at once.

    Args:
        vault: where the vault is or would be; not created.
        config: where a person's own plans are or would be; not created.
        environ: what the surroundings say of the terminal.
    """
    return (
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
        return Finding("passphrase", State.DOES_NOT, problem.message, "Close other programs and try again.")
    took = (clock.now() - before) / _SECOND
    return Finding(
        "passphrase",
        State.PROTECTS,
        f"One guess at a passphrase takes {took:.1f} seconds and {PROPOSED.memory // MIB} MiB of memory here.",
        ""
        if took >= 0.25
        else "This computer is fast, and so is a guesser's: use at least six random words.",
    )


def as_lines(found: Iterable[Finding]) -> Iterator[str]:
    """The findings as they are printed: what protects first, each with its advice, and a count at the end.

    Nothing is wider than 78 columns but a path or a command that is so by itself.
    """
    listed = list(found)
    counts = []
    for state in State:
        of_state = [finding for finding in listed if finding.state is state]
        counts.append(f"{len(of_state)} {state.counted}")
        if of_state:
            yield f"{state.value[0].upper()}{state.value[1:]}:"
        for finding in of_state:
            yield from _shown(finding)
    yield ""
    yield f"In all: {', '.join(counts)}."


def _shown(finding: Finding) -> Iterator[str]:
    name = finding.name
    for said in (finding.sentence, f"Advice: {finding.advice}" if finding.advice else ""):
        # A path may hold anything, and this goes to the terminal; what is to be copied stays in one piece.
        for line in textwrap.wrap(
            one_line(said, _LONGEST), _WIDTH - _NAME - 2, break_long_words=False, break_on_hyphens=False
        ):
            yield f"  {name:<{_NAME}}{line}"
            name = ""
