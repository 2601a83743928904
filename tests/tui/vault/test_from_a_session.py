"""The way from home and from a session to the vault: another process, and numbers only."""

import subprocess
import sys

from msgspec.structs import replace

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.domain.reflection import Setting
from cotutor.process import shared_memory
from cotutor.process.shared_memory import Ending
from cotutor.services import handover
from cotutor.tui.home.app import HomeApp
from cotutor.tui.widgets.menu import Menu
from tests.tui.sitting import Sitting, sitting


def wishes_of(people: Sitting) -> list[Ending]:
    wishes: list[Ending] = []
    assert isinstance(people.app, HomeApp)
    people.app._replace_process = wishes.append
    return wishes


async def test_home_leads_to_the_vault() -> None:
    async with sitting() as people:
        wishes = wishes_of(people)
        menu = people.one(Menu)
        menu.highlighted = menu.get_option_index("reflections")
        await people.press("enter")
        assert wishes == [Ending.VAULT]
        assert shared_memory.take_message() == b""


async def test_after_a_session_with_notes_the_owner_may_go_on() -> None:
    plan = PLANS.named("one-way").value
    agreement = replace(Agreement.usual(plan), notes=True, meeting="remote")
    async with sitting(plan=plan, agreement=agreement, quick=True) as people:
        wishes = wishes_of(people)
        await people.go(minutes=3)
        await people.press("r")
        assert wishes == [], "not while anybody speaks"
        await people.press("q", "q")
        assert people.state.ended
        assert "Reflect" in people.shown
        await people.press("r")
        assert wishes == [Ending.VAULT]
    met = handover.taken()
    assert met is not None
    assert (met.setting, met.plan) == (Setting.REMOTE, "one-way")
    assert 3 * 60_000 <= met.length < 4 * 60_000


async def test_a_session_without_notes_never_mentions_it() -> None:
    plan = PLANS.named("one-way").value
    async with sitting(plan=plan, agreement=Agreement.usual(plan), quick=True) as people:
        wishes = wishes_of(people)
        await people.press("q", "q")
        assert people.state.ended
        assert "Reflect" not in people.shown
        await people.press("r")
        assert wishes == []


def test_home_and_sessions_load_nothing_of_the_vault() -> None:
    program = (
        "import sys; import cotutor.tui.launch, cotutor.tui.home.app, cotutor.tui.session.session,"
        " cotutor.tui.session.agreement, cotutor.services.handover;"
        "print([name for name in sys.modules if name.startswith(('sqlcipher3', 'cryptography', 'cotutor.vault'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
