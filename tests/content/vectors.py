"""The files of ``tests/vectors``, and what is told about the bad ones."""

from pathlib import Path

VECTORS = Path(__file__).parent.parent / "vectors"


def good(kind: str) -> list[Path]:
    """The files that must be accepted."""
    return sorted((VECTORS / kind / "good").glob("*.toml"))


def bad(kind: str) -> list[Path]:
    """The files that must be refused."""
    return sorted((VECTORS / kind / "bad").glob("*.toml"))


def expected(path: Path) -> list[str]:
    """What ``problems.txt`` says of a bad file, with its full name in front as a reader tells it."""
    lines = (path.parent / "problems.txt").read_text().splitlines()
    return [f"{path.parent}/{line}" for line in lines if line.startswith(f"{path.name}: ")]
