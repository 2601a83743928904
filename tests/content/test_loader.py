"""Plans and guidance: from the package, from a person's folder, from any file."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

import cotutor
from cotutor.content.loader import PLANS, SHIPPED_PLANS, check_prompts, example_pack, guidance_in_force
from cotutor.content.packs import applied
from cotutor.content.shelf import Found
from cotutor.content.shipped import shipped_guidance
from cotutor.domain.errors import ContentProblems
from cotutor.domain.guidance import Group
from cotutor.domain.plan import Mode
from tests.content import vectors

PLAN = """format = 1
name = "{name}"
title = "Mine"
[[phases]]
kind = "turn"
speaker = 1
[[phases]]
kind = "turn"
speaker = 2
"""
PACK = """format = 1
name = "{name}"
title = "A pack"
[cues]
add = ["Wait until {name} has finished, then wait longer."]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "prompts").mkdir()
    return tmp_path


def own(folder: Path, name: str, called: str | None = None) -> Path:
    path = folder / "plans" / f"{name}.toml"
    path.write_text(PLAN.format(name=called or name))
    return path


def pack(folder: Path, name: str) -> Path:
    path = folder / "prompts" / f"{name}.toml"
    path.write_text(PACK.format(name=name))
    return path


def problems(name: str, folder: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(ContentProblems) as caught:
        PLANS.named(name, folder)
    return caught.value.problems


def found_in(path: Path, check: Callable[[Path], object]) -> list[str]:
    """The problems that a check finds in a file."""
    try:
        check(path)
    except ContentProblems as mistakes:
        return list(mistakes.problems)
    return []


def test_good_plans_are_accepted() -> None:
    paths = vectors.good("plans")
    assert {path: found_in(path, PLANS.check) for path in paths} == {key: [] for key in paths}
    assert [PLANS.check(path).name for path in paths] == [path.stem for path in paths] != []


def test_bad_plans_are_reported_line_for_line() -> None:
    paths = vectors.bad("plans")
    assert {path: found_in(path, PLANS.check) for path in paths} == {
        path: vectors.expected(path) for path in paths
    }
    assert all(vectors.expected(path) for path in paths)


def test_escapes_in_a_plan_are_text() -> None:
    plan = PLANS.check(vectors.VECTORS / "plans" / "good" / "escapes-in-text.toml")
    assert plan.summary == "[31mred]0;title back [/nope] [@click=app.quit]x[/]"
    assert plan.people == ("A", "B")


def test_shipped_plans_are_found_by_name() -> None:
    assert tuple(plan.name for plan in PLANS.shipped()) == SHIPPED_PLANS
    assert [PLANS.named(name).value for name in SHIPPED_PLANS] == list(PLANS.shipped())


def test_a_name_that_is_not_there_is_reported_with_its_nearest_spelling() -> None:
    (line,) = problems("piar")
    assert line == (
        'There is no plan "piar"; did you mean "pair"? '
        "The plans are pair, pair-short, thinking-pair, triad, one-way, taster."
    )
    (line,) = problems("\x1b[31mxyzzy")
    assert line.startswith('There is no plan "[31mxyzzy". The plans are pair')


def test_ones_own_plan_is_found_by_name_and_goes_before_a_shipped_one(folder: Path) -> None:
    own(folder, "ours")
    own(folder, "pair")
    assert PLANS.named("ours", folder).value.title == "Mine"
    assert PLANS.named("pair", folder).value.title == "Mine"
    assert PLANS.named("pair").value.title != "Mine"
    assert "taster, ours." in problems("nine", folder)[0]


def test_a_plan_is_found_by_its_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own(folder, "ours", called="whatever")
    assert PLANS.named(str(path)).value.name == "whatever"
    monkeypatch.chdir(path.parent)
    assert PLANS.named("ours.toml").value.name == "whatever"
    assert problems("none.toml") == ("none.toml: cannot be read: No such file or directory",)


def test_a_plan_in_the_folder_has_the_name_of_its_file(folder: Path) -> None:
    path = own(folder, "ours", called="theirs")
    assert problems("ours", folder) == (
        f'{path}: name: found "theirs"; a plan in this folder has the name of its file',
    )


def test_one_bad_plan_does_not_hide_the_others(folder: Path) -> None:
    own(folder, "b")
    own(folder, "a")
    bad = folder / "plans" / "bad.toml"
    bad.write_text("format = 2")
    (folder / "plans" / "notes.txt").write_text("not a plan")
    found = PLANS.all_of(folder)
    assert [plan.name for plan in found.own] == ["a", "b"]
    assert [plan.name for plan in found.entries] == [*SHIPPED_PLANS, "a", "b"]
    assert found.problems == (
        f"{bad}: format: the file is in format 2; this version of cotutor reads format 1",
    )


def test_no_folder_means_nothing_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "plans").write_text("a file where a folder should be")
    shipped = Found(PLANS.shipped())
    assert PLANS.all_of(None) == PLANS.all_of(tmp_path) == PLANS.all_of(tmp_path / "none") == shipped
    assert guidance_in_force(tmp_path) == (shipped_guidance(), (), ())


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    for kind in ("plans", "prompts"):
        (tmp_path / kind).symlink_to(kind)
    assert problems("ours", tmp_path)[0].startswith(f"{tmp_path}/plans: cannot be read: Too many levels")
    (line,) = guidance_in_force(tmp_path).problems
    assert line.startswith(f"{tmp_path}/prompts: cannot be read: Too many levels")


def test_good_packs_are_accepted_and_leave_an_emergency_route() -> None:
    paths = vectors.good("prompts")
    assert {path: found_in(path, check_prompts) for path in paths} == {key: [] for key in paths}
    assert {check_prompts(path).name for path in paths} == {"scheme"}
    assert all(applied(shipped_guidance(), check_prompts(path)).help_of(Group.EMERGENCY) for path in paths)


def test_bad_packs_are_reported_line_for_line() -> None:
    paths = vectors.bad("prompts")
    told = {path: found_in(path, check_prompts) for path in paths}
    assert told == {path: vectors.expected(path) for path in paths}
    assert all(told.values())


def test_packs_are_applied_in_the_order_of_their_names(folder: Path) -> None:
    pack(folder, "zoe")
    pack(folder, "ana")
    guidance, packs, lines = guidance_in_force(folder)
    assert [one.name for one in packs] == ["ana", "zoe"]
    assert not lines
    assert guidance.cues == (
        *shipped_guidance().cues,
        "Wait until ana has finished, then wait longer.",
        "Wait until zoe has finished, then wait longer.",
    )


def test_a_pack_with_mistakes_is_left_out_and_the_others_hold(folder: Path) -> None:
    pack(folder, "ana")
    for name in ("a", "b"):
        (folder / "prompts" / f"{name}.toml").write_text("format = 9")
    guidance, packs, lines = guidance_in_force(folder)
    assert len(lines) == 2
    assert [one.name for one in packs] == ["ana"]
    assert guidance.cues[-1] == "Wait until ana has finished, then wait longer."


def test_two_packs_together_cannot_take_every_emergency_entry_away(folder: Path) -> None:
    entries = [entry.id for entry in shipped_guidance().help_of(Group.EMERGENCY)]
    for name, hidden in (("a", entries[:1]), ("b", entries[1:])):
        path = folder / "prompts" / f"{name}.toml"
        path.write_text(f'format = 1\nname = "{name}"\ntitle = "One"\n[help]\nhide = {hidden}\n')
    guidance, packs, (line,) = guidance_in_force(folder)
    assert [entry.id for entry in guidance.help_of(Group.EMERGENCY)] == entries[1:]
    assert [one.name for one in packs] == ["a"]
    assert line == f"{path}: help.hide: with the packs before it, no emergency entry is left"


def test_the_example_pack_is_sound_and_does_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(example_pack())
    shipped, changed = shipped_guidance(), applied(shipped_guidance(), check_prompts(path))
    assert changed.cues[: len(shipped.cues)] == shipped.cues
    assert len(changed.cues) == len(shipped.cues) + 2
    assert changed.step("I-A").questions[:-1] == shipped.step("I-A").questions
    assert changed.step("I-A").mistakes == shipped.step("I-A").mistakes
    assert len(changed.step("III-C").questions) == 3
    assert changed.step("III-C").mistakes == ("Planning further ahead than the speaker can see.",)
    assert changed.step("III-C").classic == "Plan"
    assert len(changed.signposts) == len(shipped.signposts) - 1
    before, after = shipped.wording.agreement, changed.wording.agreement
    assert after.limits[:-1] == before.limits
    assert after.bleep != before.bleep
    assert after == replace(before, limits=after.limits, bleep=after.bleep)
    assert all(f"# {word}" in example_pack() or word in example_pack() for word in ("emergency-999", "gmc"))


def test_the_cues_of_a_pack_suit_the_kinds_of_listening_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'format = 1\nname = "ours"\ntitle = "Ours"\n[cues]\nmodes = ["think"]\n'
        'add = ["Ask them what they would tell a friend."]\n'
    )
    guidance = applied(shipped_guidance(), check_prompts(path))
    suits = [mode for mode in Mode if "Ask them what they would tell a friend." in guidance.cues_for(mode)]
    assert suits == [Mode.THINK]


def test_what_a_pack_replaces_is_gone() -> None:
    pack = check_prompts(vectors.VECTORS / "prompts" / "good" / "replaces.toml")
    changed = applied(shipped_guidance(), pack)
    assert changed.cues == ("Wait until they have finished, then wait longer.",)
    assert all(changed.cues_for(mode) == changed.cues for mode in Mode)
    assert changed.wording.returns == ("Say what day it is.",)
    assert changed.step("I-A").questions == ("What is it?",)
    assert changed.step("I-A").mistakes == shipped_guidance().step("I-A").mistakes


def test_a_thinking_pair_only_listens() -> None:
    assert PLANS.named("thinking-pair").value.modes == (Mode.LISTEN,)


LOADED = """
import sys
from cotutor.content.loader import PLANS
PLANS.named("pair").value
print(*sorted(sys.modules))
"""


def test_loading_a_plan_loads_nothing_it_does_not_need() -> None:
    loaded = set(run(LOADED, []).split())
    guidance = {"cotutor.domain.guidance", "cotutor.content.packs", "cotutor.content.shipped"}
    costly = {
        "importlib.resources",
        "dataclasses",
        "difflib",
        "textual",
        "cotutor.content.mistakes",
    }
    assert not loaded & (guidance | costly)


ZIPPED = """
import cotutor
from cotutor.content.loader import PLANS, example_pack, guidance_in_force
assert ".zip" in cotutor.__file__
print(len(PLANS.shipped()), len(guidance_in_force(None).guidance.steps), len(example_pack()) > 999)
"""


def test_content_is_found_inside_a_zip_archive(tmp_path: Path) -> None:
    package = Path(cotutor.__file__).parent
    archive = tmp_path / "cotutor.zip"
    with ZipFile(archive, "w") as zipped:
        for folder in ("", "domain", "content", "content/plans"):
            for path in (package / folder).glob("*.[pt]*"):
                zipped.write(path, path.relative_to(package.parent))
    assert run(ZIPPED, [str(archive)]).split() == ["6", "9", "True"]


def run(code: str, path: list[str]) -> str:
    """What a fresh interpreter prints, with ``path`` before everything else it imports from."""
    before = f"import sys; sys.path[:0] = {path!r}\n"
    done = subprocess.run(
        [sys.executable, "-I", "-c", before + code], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.stdout
