"""The pictures in the repository show the program as it is."""

import re
from pathlib import Path

import pytest

from screenshots import take

ROOT = take.FOLDER.parent


@pytest.mark.parametrize("name", take.NAMES)
async def test_a_picture_is_what_the_program_shows_today(name: str) -> None:
    kept = (take.FOLDER / f"{name}.svg").read_text("utf-8")
    assert await take.take(name) == kept, f"{name} differs: look at it, then run screenshots/take.py"


def test_no_picture_is_left_over_and_none_fetches_anything() -> None:
    kept = {file.stem: file for file in take.FOLDER.glob("*.svg")}
    assert set(kept) == set(take.NAMES)
    for file in kept.values():
        assert re.findall(r"https?://[^\"']*", file.read_text("utf-8")) == ["http://www.w3.org/2000/svg"]


def test_every_picture_of_the_readme_exists_and_is_described() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\((screenshots/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert shown
    for words, path in shown:
        assert (ROOT / Path(path)).is_file()
        assert len(words) > 20
