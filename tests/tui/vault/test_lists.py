"""Next steps, the encounter log, self-ratings."""

from pathlib import Path

from cotutor.domain.reflection import Part, Setting, StepState
from tests.fakes import FakeClock
from tests.tui.vault.visit import opened, visit


async def test_a_step_is_kept_while_it_is_typed(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("s", "n")
        await person.key_in("ask")
        person.app.gate.shut()
    notebook = opened(folder)
    assert [step.text for step in notebook.steps()] == ["ask"]
    notebook.close()


async def test_steps_are_done_dropped_opened_and_deleted(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("s", "n")
        await person.key_in("ask before advising")
        await person.press("tab")
        await person.key_in("1/3/2026")
        await person.press("ctrl+s")
        assert "due 1 Mar 2026" in person.shown
        for key, state, words in (
            ("d", StepState.DONE, "No open steps."),
            ("p", StepState.DROPPED, "– ask"),
            ("o", StepState.OPEN, "○! ask"),
        ):
            if key == "p":
                await person.press("a")
            await person.press(key)
            assert person.notebook.steps()[0].state is state if key != "d" else True
            assert words in " ".join("\n".join(person.menu).split("  ")), key
            if key == "d":
                assert person.notebook.steps()[0].state is state
        await person.press("x", "escape")
        assert len(person.notebook.steps()) == 1
        await person.press("x", "y")
        assert person.notebook.steps() == []


async def test_cancelling_takes_a_step_back(folder: Path) -> None:
    notebook = opened(folder)
    notebook.add_step("before", FakeClock().wall())
    notebook.close()
    async with visit(folder) as person:
        await person.press("s", "enter")
        await person.write("after")
        assert person.app.keep()
        assert [step.text for step in person.notebook.steps()] == ["after"]
        await person.press("escape")
        assert [step.text for step in person.notebook.steps()] == ["before"]
        await person.press("n")
        await person.key_in("new")
        assert person.app.keep()
        await person.press("escape")
        assert [step.text for step in person.notebook.steps()] == ["before"]


async def test_the_log_is_summed_and_erased_alone(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("e", "n")
        await person.write("28/2/2026")
        await person.press("tab")
        await person.key_in("1h30m")
        await person.press("tab", "right", "tab", "right", "ctrl+s")
        (line,) = person.notebook.encounters()
        assert (str(line.day), line.length) == ("2026-02-28", 90 * 60_000)
        assert (line.setting, line.role) == (Setting.REMOTE, Part.MENTOR)
        assert person.line("standing") == "1 encounter  ·  1 hour 30 minutes  ·  0 in person, 1 remote"
        await person.press("e", "y")
        assert person.notebook.encounters() == []
        assert person.notebook.standing().reflections == 3
        await person.press("n", "ctrl+s")
        assert "a length of time is" in person.line("problem")


async def test_a_self_rating_before_and_after(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("r", "n")
        await person.key_in("keeping silence")
        await person.press("tab")
        await person.key_in("11")
        await person.press("ctrl+s")
        assert "from 1 to 10" in person.line("problem")
        await person.write("4")
        await person.press("ctrl+s")
        assert "4 →  ·  keeping silence" in "\n".join(person.menu)
        await person.press("enter", "tab", "tab", "7", "ctrl+s")
        assert [(one.before, one.after) for one in person.notebook.ratings()] == [(4, 7)]
        await person.press("x", "y")
        assert person.notebook.ratings() == []
