"""What the computer does with memory and disk, behind every program's back.

Each function takes the root of the file system as a parameter and reads ``/proc`` and ``/sys``
below it; nothing is run and nothing is written.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cotutor.services.doctor.finding import Finding, State

ROOT = Path("/")


def about_swap(root: Path = ROOT) -> Finding:
    """Whether words in memory may be moved to the disk."""
    areas = _swap_areas(root)
    if areas is None:
        return Finding(
            "swap",
            State.UNKNOWN,
            "Whether this system moves memory to the disk unencrypted cannot be seen from here.",
            "macOS encrypts it by itself; on Windows, switch on BitLocker.",
        )
    if not areas:
        return Finding(
            "swap", State.PROTECTS, "This computer moves no memory to the disk (hibernation aside)."
        )
    if all(_is_harmless(area, root) for area in areas):
        return Finding(
            "swap", State.PROTECTS, "What this computer moves out of memory stays encrypted or in memory."
        )
    return Finding(
        "swap",
        State.DOES_NOT,
        "This computer moves memory to the disk, and as far as can be seen not encrypted: what you typed may"
        " stay there.",
        "Encrypt the swap area or, better, the whole disk.",
    )


def about_disk() -> Finding:
    """What can never be seen from inside a program: is the disk encrypted?"""
    how = {"darwin": "FileVault", "win32": "BitLocker or device encryption"}.get(sys.platform, "LUKS")
    return Finding(
        "disk",
        State.UNKNOWN,
        "Whether the whole disk is encrypted cannot be seen from here. The vault is encrypted in any case.",
        f"Switch on {how}: it also covers hibernation and what other programs leave behind.",
    )


def about_crash_reports(root: Path = ROOT) -> Iterator[Finding]:
    """Where copies of crashed programs' memory go, if they go to a program."""
    pattern = _read(root / "proc/sys/kernel/core_pattern")
    if pattern is not None and pattern.startswith("|"):
        reporter = pattern[1:].split(" ")[0].rpartition("/")[2][:40]
        yield Finding(
            "crash reports",
            State.NOTE,
            f"When a program crashes, this computer hands its memory to {reporter}. This program is exempt,"
            " but the terminal is not.",
        )


def about_watching(root: Path = ROOT) -> Iterator[Finding]:
    """Whether programs of one person may watch each other (Yama, Linux)."""
    if not (root / "proc/sys/kernel").is_dir():
        return
    scope = _read(root / "proc/sys/kernel/yama/ptrace_scope")
    if scope in {None, "0"}:
        yield Finding(
            "watching",
            State.NOTE,
            "On this computer any program of yours may watch your other programs, such as the terminal.",
            "An administrator can set kernel.yama.ptrace_scope to 1.",
        )
    else:
        yield Finding(
            "watching", State.PROTECTS, "Your programs may not watch each other without being asked to."
        )


def _swap_areas(root: Path) -> list[str] | None:
    table = _read(root / "proc/swaps")
    return None if table is None else [line.split()[0] for line in table.splitlines()[1:] if line.strip()]


def _is_harmless(area: str, root: Path) -> bool:
    """Compressed memory, or a device that dm-crypt encrypts."""
    name = area.rpartition("/")[2]
    if name.startswith("zram"):
        return True
    mapped = _read(root / "sys/class/block" / name / "dm/uuid")
    return mapped is not None and mapped.startswith("CRYPT-")


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
