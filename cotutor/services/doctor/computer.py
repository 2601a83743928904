"""What the computer does with memory and disk, behind every program's back.

Each function takes the root of the file system as a parameter and reads ``/proc`` and ``/sys``
below it; nothing is run and nothing is written.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cotutor.services.doctor.finding import Finding
from cotutor.services.doctor.table import found

ROOT = Path("/")


def about_swap(root: Path = ROOT) -> Finding:
    """Whether words in memory may be moved to the disk."""
    areas = _swap_areas(root)
    if areas is None:
        return found("swap not seen")
    if not areas:
        return found("no swap")
    return found("harmless swap" if all(_is_harmless(area, root) for area in areas) else "swap")


def about_disk() -> Finding:
    """What can never be seen from inside a program: is the disk encrypted?"""
    how = {"darwin": "FileVault", "win32": "BitLocker or device encryption"}.get(sys.platform, "LUKS")
    return found("disk", how=how)


def about_crash_reports(root: Path = ROOT) -> Iterator[Finding]:
    """Where copies of crashed programs' memory go, if they go to a program."""
    pattern = _read(root / "proc/sys/kernel/core_pattern")
    if pattern is not None and pattern.startswith("|"):
        yield found("crash reports", reporter=pattern[1:].split(" ")[0].rpartition("/")[2][:40])


def about_watching(root: Path = ROOT) -> Iterator[Finding]:
    """Whether programs of one person may watch each other (Yama, Linux)."""
    if (root / "proc/sys/kernel").is_dir():
        scope = _read(root / "proc/sys/kernel/yama/ptrace_scope")
        yield found("watching" if scope in {None, "0"} else "no watching")


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
