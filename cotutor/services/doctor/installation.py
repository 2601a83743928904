"""What is installed: versions, and whether it starts as fast as it can."""

import importlib.util
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import cotutor
from cotutor.services.doctor.finding import Finding
from cotutor.services.doctor.table import found

_PARTS = ("textual", "sqlcipher3", "cryptography", "msgspec")


def about_versions() -> Finding:
    """What to name when asking for help."""
    parts = [f"cotutor {cotutor.VERSION}", f"Python {platform.python_version()}", platform.system()]
    for part in _PARTS:
        try:
            parts.append(f"{part} {metadata.version(part)}")
        except metadata.PackageNotFoundError:
            parts.append(f"{part} is missing")
    return found("versions", parts=", ".join(parts))


def about_start() -> Iterator[Finding]:
    """Whether Python must compile everything anew at each start, because the program itself writes nothing."""
    for name in ("cotutor", "textual"):
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        if not Path(importlib.util.cache_from_source(spec.origin)).is_file():
            yield found("not compiled", part=name, folder=Path(spec.origin).parent)
