"""Next steps, the encounter log, self-ratings."""

from pathlib import Path

from cotutor.domain.reflection import Part, Setting, StepState
from tests.fakes import FakeClock
from tests.tui.vault.visit import opened, visit


async def test_a_step_is_kept_while_it_is_typed(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("s", "n")
        await person.key_in("ask")
        person.app.auto_lock.shut()
    vault = opened(folder)
    assert [step.text for step in vault.steps.all()] == ["ask"]
    vault.close()


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
            assert person.vault.steps.all()[0].state is state if key != "d" else True
            assert words in " ".join("\n".join(person.menu).split("  ")), key
            if key == "d":
                assert person.vault.steps.all()[0].state is state
        await person.press("x", "escape")
        assert len(person.vault.steps.all()) == 1
        await person.press("x", "y")
        assert person.vault.steps.all() == []


async def test_cancelling_takes_a_step_back(folder: Path) -> None:
    vault = opened(folder)
    vault.steps.add("before", FakeClock().wall())
    vault.close()
    async with visit(folder) as person:
        await person.press("s", "enter")
        await person.write("after")
        assert person.app.keep()
        assert [step.text for step in person.vault.steps.all()] == ["after"]
        await person.press("escape")
        assert [step.text for step in person.vault.steps.all()] == ["before"]
        await person.press("n")
        await person.key_in("new")
        assert person.app.keep()
        await person.press("escape")
        assert [step.text for step in person.vault.steps.all()] == ["before"]


async def test_the_log_is_summed_and_erased_alone(folder: Path) -> None:
    async with visit(folder) as person:
        await person.press("e", "n")
        await person.write("28/2/2026")
        await person.press("tab")
        await person.key_in("1h30m")
        await person.press("tab", "right", "tab", "right", "ctrl+s")
        (line,) = person.vault.encounters.all()
        assert (str(line.day), line.length) == ("2026-02-28", 90 * 60_000)
        assert (line.setting, line.role) == (Setting.REMOTE, Part.MENTOR)
        assert person.line("standing") == "1 encounter  ·  1 hour 30 minutes  ·  0 in person, 1 remote"
        await person.press("e", "y")
        assert person.vault.encounters.all() == []
        assert person.vault.standing().reflections == 3
        await person.press("n", "ctrl+s")
        assert "A length of time is" in person.line("problem")


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
        assert [(one.before, one.after) for one in person.vault.ratings.all()] == [(4, 7)]
        await person.press("x", "y")
        assert person.vault.ratings.all() == []
