from pathlib import Path

import pytest

from cotutor.content.workshop import (
    DEMOS,
    PROGRAMMES,
    SHIPPED_DEMOS,
    SHIPPED_PROGRAMMES,
    load_demo,
    load_programme,
)
from cotutor.domain.errors import ContentProblems

OWN = """
format = 1
name = "ours"
title = "Ours"
length = "5m"
[[items]]
kind = "welcome"
title = "Welcome"
length = "5m"
say = "Hello."
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "programmes").mkdir()
    return tmp_path


def test_the_shipped_ones_are_found_by_name() -> None:
    assert [one.name for one in PROGRAMMES.shipped()] == list(SHIPPED_PROGRAMMES)
    assert [one.name for one in DEMOS.shipped()] == list(SHIPPED_DEMOS)
    assert [load_programme(name).name for name in SHIPPED_PROGRAMMES] == list(SHIPPED_PROGRAMMES)
    assert [load_demo(name).name for name in SHIPPED_DEMOS] == list(SHIPPED_DEMOS)


def test_every_shipped_file_is_on_its_shelf() -> None:
    import cotutor.content  # noqa: PLC0415  only its folder is wanted

    folder = Path(cotutor.content.__file__).parent
    for name, names in (("programmes", SHIPPED_PROGRAMMES), ("demos", SHIPPED_DEMOS)):
        assert {path.stem for path in (folder / name).glob("*.toml")} == set(names)


def test_ones_own_goes_before_a_shipped_one(config: Path) -> None:
    (config / "programmes" / "half-day.toml").write_text(OWN.replace('"ours"', '"half-day"'))
    assert load_programme("half-day", config).title == "Ours"
    assert load_programme("half-day").title != "Ours"


def test_a_path_is_read_wherever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "anything.toml"
    path.write_text(OWN)
    assert load_programme(str(path)).name == "ours"


def test_a_misspelt_name_is_guessed(config: Path) -> None:
    (config / "programmes" / "ours.toml").write_text(OWN)
    with pytest.raises(ContentProblems) as caught:
        load_programme("hafl-day", config)
    (line,) = caught.value.problems
    assert line.startswith(
        'There is no programme "hafl-day"; did you mean "half-day"? The programmes are half-day,'
    )
    assert line.endswith("ours.")
    with pytest.raises(ContentProblems, match="There is no demonstration"):
        load_demo("\x1b[31mxyzzy")


def test_in_ones_own_folder_the_file_has_the_name(config: Path) -> None:
    (config / "programmes" / "other.toml").write_text(OWN)
    with pytest.raises(ContentProblems, match='name: found "ours"; a programme in this folder'):
        load_programme("other", config)


def test_ones_own_are_listed_with_what_is_wrong(config: Path) -> None:
    (config / "programmes" / "ours.toml").write_text(OWN)
    (config / "programmes" / "wrong.toml").write_text("format = 1")
    good, problems = PROGRAMMES.own(config)
    assert [one.name for one in good] == ["ours"]
    assert any("wrong.toml" in line and "items: is missing" in line for line in problems)
    assert PROGRAMMES.own(None) == PROGRAMMES.own(config / "nowhere") == ((), ())


def test_a_folder_that_cannot_be_listed_is_reported(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(ContentProblems, match="cannot be read: Permission denied"):
        PROGRAMMES.own(config)
