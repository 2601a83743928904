"""Which file a name means: one's own before a shipped one, and nothing of one's own where there is no folder."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cotutor.content
from cotutor.content.loader import PLANS
from cotutor.content.workshop import DEMOS, PROGRAMMES
from cotutor.conversation.library import Library, left_out, left_out_briefly

SHIPPED = Path(cotutor.content.__file__).parent
PROBLEMS = ("a.toml: title: it is empty", "b.toml: no such key", "c.toml: no such key")


def test_each_problem_has_a_line_and_where_there_is_no_room_the_first_says_how_many_follow() -> None:
    assert left_out(()) == left_out_briefly(()) == ()
    assert left_out(PROBLEMS[:2]) == (f"Left out: {PROBLEMS[0]}", f"Left out: {PROBLEMS[1]}")
    assert left_out_briefly(PROBLEMS[:1]) == (f"Left out: {PROBLEMS[0]}",)
    assert left_out_briefly(PROBLEMS[:2]) == (f"Left out: {PROBLEMS[0]} (and 1 more)",)
    assert left_out_briefly(PROBLEMS) == (f"Left out: {PROBLEMS[0]} (and 2 more)",)


class Kind(NamedTuple):
    """A kind of file that is asked for by name."""

    folder: str
    name: str
    all_of: Callable[[Library], tuple[object, ...]]
    own: Callable[[Library], tuple[object, ...]]
    named: Callable[[Library, str], object]
    shipped: tuple[object, ...]


KINDS = (
    Kind(
        "plans",
        "pair",
        lambda library: library.plans.entries,
        lambda library: library.plans.own,
        lambda library, name: library.plan(name).value,
        PLANS.shipped(),
    ),
    Kind(
        "programmes",
        "half-day",
        lambda library: library.programmes.entries,
        lambda library: library.programmes.own,
        lambda library, name: library.programme(name).value,
        PROGRAMMES.shipped(),
    ),
    Kind(
        "demos",
        "two-posts",
        lambda library: library.demonstrations.entries,
        lambda library: library.demonstrations.own,
        lambda library, name: library.demonstration(name).value,
        DEMOS.shipped(),
    ),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_without_a_folder_there_is_what_is_shipped_and_with_one_ones_own_in_its_place(
    kind: Kind, tmp_path: Path
) -> None:
    assert kind.all_of(Library()) == kind.shipped
    assert kind.own(Library()) == ()
    text = (SHIPPED / kind.folder / f"{kind.name}.toml").read_text(encoding="utf-8")
    changed = "\n".join(
        'title = "Ours"' if line.startswith("title = ") else line for line in text.splitlines()
    )
    (tmp_path / kind.folder).mkdir()
    (tmp_path / kind.folder / f"{kind.name}.toml").write_text(changed, encoding="utf-8")
    library = Library(tmp_path)
    (mine,) = kind.own(library)
    assert getattr(mine, "title", "") == "Ours"
    assert kind.named(library, kind.name) == mine
    assert kind.named(Library(), kind.name) in kind.shipped
    assert mine in kind.all_of(library)
    assert mine not in kind.shipped


def test_guidance_is_that_of_ones_own_packs_and_read_once(tmp_path: Path) -> None:
    assert Library().guidance.packs == ()
    (tmp_path / "prompts").mkdir()
    pack = tmp_path / "prompts" / "scheme.toml"
    pack.write_text('format = 1\nname = "scheme"\ntitle = "A"\n[agreement]\nlimits = ["Ours."]\n')
    library = Library(tmp_path)
    assert [one.name for one in library.guidance.packs] == ["scheme"]
    pack.unlink()
    assert library.guidance.packs
    assert Library(tmp_path).guidance.packs == ()
