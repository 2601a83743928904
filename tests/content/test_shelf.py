from pathlib import Path

import pytest

from cotutor.content.shelf import Found
from cotutor.content.workshop import DEMOS, PROGRAMMES, SHIPPED_DEMOS, SHIPPED_PROGRAMMES
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
    assert [PROGRAMMES.named(name).value.name for name in SHIPPED_PROGRAMMES] == list(SHIPPED_PROGRAMMES)
    assert [DEMOS.named(name).value.name for name in SHIPPED_DEMOS] == list(SHIPPED_DEMOS)


def test_every_shipped_file_is_on_its_shelf() -> None:
    import cotutor.content  # noqa: PLC0415  only its folder is wanted

    folder = Path(cotutor.content.__file__).parent
    for name, names in (("programmes", SHIPPED_PROGRAMMES), ("demos", SHIPPED_DEMOS)):
        assert {path.stem for path in (folder / name).glob("*.toml")} == set(names)


def test_ones_own_goes_before_a_shipped_one(config: Path) -> None:
    (config / "programmes" / "half-day.toml").write_text(OWN.replace('"ours"', '"half-day"'))
    assert PROGRAMMES.named("half-day", config).value.title == "Ours"
    assert PROGRAMMES.named("half-day").value.title != "Ours"


def test_a_path_is_read_wherever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "anything.toml"
    path.write_text(OWN)
    assert PROGRAMMES.named(str(path)).value.name == "ours"


def test_a_misspelt_name_is_guessed(config: Path) -> None:
    (config / "programmes" / "ours.toml").write_text(OWN)
    with pytest.raises(ContentProblems) as caught:
        PROGRAMMES.named("hafl-day", config)
    (line,) = caught.value.problems
    assert line.startswith(
        'There is no programme "hafl-day"; did you mean "half-day"? The programmes are half-day,'
    )
    assert line.endswith("ours.")
    with pytest.raises(ContentProblems, match="There is no demonstration"):
        DEMOS.named("\x1b[31mxyzzy")


def test_in_ones_own_folder_the_file_has_the_name(config: Path) -> None:
    (config / "programmes" / "other.toml").write_text(OWN)
    with pytest.raises(ContentProblems, match='name: found "ours"; a programme in this folder'):
        PROGRAMMES.named("other", config)


def test_ones_own_are_listed_with_what_is_wrong(config: Path) -> None:
    (config / "programmes" / "ours.toml").write_text(OWN)
    (config / "programmes" / "wrong.toml").write_text("format = 1")
    found = PROGRAMMES.all_of(config)
    assert [one.name for one in found.own] == ["ours"]
    assert [one.name for one in found.entries] == [*SHIPPED_PROGRAMMES, "ours"]
    assert any("wrong.toml" in line and "items: is missing" in line for line in found.problems)
    shipped = Found(PROGRAMMES.shipped())
    assert PROGRAMMES.all_of(None) == PROGRAMMES.all_of(config / "nowhere") == shipped


def test_a_folder_that_cannot_be_listed_is_reported(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    line = f"{config}/programmes: cannot be read: Permission denied"
    assert PROGRAMMES.all_of(config) == Found(PROGRAMMES.shipped(), (), (line,))
    assert PROGRAMMES.named("half-day", config) == (PROGRAMMES.named("half-day").value, (line,))
    with pytest.raises(ContentProblems, match="cannot be read: Permission denied"):
        PROGRAMMES.named("ours", config)


def test_where_ones_own_has_mistakes_the_shipped_one_is_meant(config: Path) -> None:
    (config / "programmes" / "half-day.toml").write_text("format = 1")
    programme, problems = PROGRAMMES.named("half-day", config)
    assert programme == PROGRAMMES.named("half-day").value
    assert any("half-day.toml: items: is missing" in line for line in problems)
    assert PROGRAMMES.all_of(config).problems == problems


def test_files_beyond_the_first_hundred_are_told(config: Path) -> None:
    for number in range(101):
        (config / "programmes" / f"{number:03}.toml").write_text("")
    assert (
        f"{config}/programmes: holds more than 100 files; only those are read"
        in PROGRAMMES.all_of(config).problems
    )
