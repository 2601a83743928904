"""One table has every format of an export; command line, help, warnings and README follow it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import cotutor
from cotutor.cli.vault.commands import VERBS
from cotutor.conversation.vault.exporting import format_lines, listed_formats, selection
from cotutor.domain.errors import WrongUsage
from cotutor.domain.reflection import NextStep, Reflection
from cotutor.vault.export import FORMATS, Format, Selection, holds_private, rendered
from cotutor.vault.export_file import PRIVATE_WARNING, preview
from cotutor.vault.transfer import FORMAT, Contents

TODAY = date(2026, 11, 22)
HELD = Contents(
    FORMAT,
    1,
    reflections=(Reflection("1" * 16, date(2026, 1, 1), private="MINE", shareable="LEARNED"),),
    steps=(NextStep("4" * 16, "ask"),),
)


@pytest.fixture
def added() -> Iterator[Format]:
    """A format that nobody but the table knows."""
    form = Format(
        "plain",
        ".txt",
        "the bare text",
        lambda held, _private: "\n".join(one.shareable for one in held.reflections),
    )
    FORMATS[form.name] = form
    yield form
    del FORMATS[form.name]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_has_all_that_is_asked_of_it(form: Format) -> None:
    assert FORMATS[form.name] is form
    assert form.suffix.startswith(".")
    assert [one.suffix for one in FORMATS.values()].count(form.suffix) == 1
    assert form.line
    assert "LEARNED" in rendered(HELD, Selection(form.name)).decode()


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_what_is_private_is_in_a_file_exactly_where_it_is_warned_of(form: Format) -> None:
    for private in (False, True):
        chosen = Selection(form.name, private=private)
        shown = preview(HELD, chosen, TODAY)
        assert ("MINE" in shown.text) is holds_private(chosen) is (PRIVATE_WARNING in shown.warnings)


def test_a_format_that_is_whole_must_be_asked_for_as_such() -> None:
    for form in FORMATS.values():
        if form.whole:
            with pytest.raises(WrongUsage, match="say --everything"):
                selection(form.name, everything=False, since="", until="", today=TODAY)
            with pytest.raises(WrongUsage, match="leave out --from"):
                selection(form.name, everything=True, since="1/1/2026", until="", today=TODAY)


def test_a_new_format_is_known_everywhere_at_once(added: Format) -> None:
    assert listed_formats().endswith("html or plain")
    assert "plain     the bare text" in format_lines()
    parser = VERBS["export"].parser("vault export")
    assert parser.parse(["--as", "plain", "out.txt"]).form == "plain"
    *others, last = FORMATS
    assert f"{', '.join(others)} or {last}" in parser.format_help().replace("\n", " ").replace("  ", "")
    shown = preview(HELD, Selection("plain"), TODAY)
    assert (shown.name, shown.text) == ("cotutor-2026-11-22.txt", "LEARNED")


def test_the_readme_lists_every_format() -> None:
    readme = (Path(cotutor.__file__).parents[1] / "README.md").read_text("utf-8")
    assert f"--as {'|'.join(FORMATS)} " in readme
    for form in FORMATS.values():
        assert f"`{form.name}`" in readme or f"--as {form.name} FILE" in readme
