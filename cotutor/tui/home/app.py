"""The app that is shown first: home, and from there the sessions and what trainers use.

One factory, ``build_app``, makes it for the command line, the tests and the pictures. It alone
knows screens of several jobs; each is loaded when it is asked for.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from cotutor.conversation.library import Library
from cotutor.process import shared_memory, signals
from cotutor.services.clock import clock_at
from cotutor.tui.app import CotutorApp
from cotutor.tui.home.page import Home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from cotutor.conversation.session.request import SessionRequest
    from cotutor.domain.agreement import Agreement
    from cotutor.domain.plan import Plan
    from cotutor.services.clock import Clock
    from cotutor.tui.session.agreement import AgreementPage


class HomeApp(CotutorApp):
    """cotutor with the home screen.

    Args:
        clock: what every session is timed by.
        config_folder: where a user's own plans and prompts are, if anywhere; only read.
        opening: a plan and its agreement to begin with instead of the home screen.
        problems: what was wrong with the person's own files on the way here.
        quick: whether that agreement is settled, so that the session starts at once.
        silent: whether the bell stays quiet.
        replace_process: ends this process and has the one that shows the vault started in its place.
    """

    def __init__(
        self,
        clock: Clock,
        config_folder: Path | None = None,
        opening: tuple[Plan, Agreement] | None = None,
        *,
        problems: tuple[str, ...] = (),
        quick: bool = False,
        silent: bool = False,
        replace_process: Callable[[shared_memory.Ending], None] = signals.replace_process,
    ) -> None:
        super().__init__(clock, config_folder, problems=problems, silent=silent)
        self._replace_process = replace_process
        self._opening = opening
        self._quick = quick

    def get_default_screen(self) -> Screen[None]:
        return Home()

    def on_mount(self) -> None:
        """Go straight to what the command line asked for."""
        if self._opening:
            self.push_screen((self._session if self._quick else self._agreement)(*self._opening))

    def on_home_plan_chosen(self, event: Home.PlanChosen) -> None:
        """Show the agreement of a plan, as that plan usually has it."""
        from cotutor.domain.agreement import Agreement  # noqa: PLC0415  not before the first frame

        event.page.lead_to(self._agreement(event.plan, Agreement.usual(event.plan)))

    def on_agreement_page_agreed(self, event: AgreementPage.Agreed) -> None:
        event.page.lead_to(self._session(event.plan, event.agreement))

    def _agreement(self, plan: Plan, agreement: Agreement) -> Screen[None]:
        from cotutor.tui.session.agreement import AgreementPage  # noqa: PLC0415  not before the first frame

        return AgreementPage(plan, agreement)

    def _session(self, plan: Plan, agreement: Agreement) -> Screen[None]:
        from cotutor.conversation.notice import Medium  # noqa: PLC0415  not before the first frame
        from cotutor.conversation.session.conversation import SessionConversation  # noqa: PLC0415
        from cotutor.tui.session.session import SessionPage  # noqa: PLC0415

        return SessionPage(
            SessionConversation(plan, agreement, self.guidance, clock=self.clock, medium=Medium.KEYS)
        )

    def action_reflections(self) -> None:
        """Go to the vault: this process can write nothing and never will, so another takes its place."""
        self._replace_process(shared_memory.Ending.VAULT)

    def action_trainer(self, what: str) -> None:
        """Show one of the trainer's screens; which ones there are, ``trainer.page`` says."""
        from cotutor.tui.trainer.app import page  # noqa: PLC0415  not before the first frame

        self.push_screen(page(what, self.clock))

    def action_tally(self) -> None:
        """Count what the listener does in the turn of the session on top."""
        from cotutor.tui.session.session import SessionPage  # noqa: PLC0415  not before the first frame
        from cotutor.tui.trainer.tally import TallyPage  # noqa: PLC0415

        page = self.screen
        if isinstance(page, SessionPage):
            self.push_screen(TallyPage(self.clock, lambda: page.state))


def build_app(
    *,
    clock: Clock | None = None,
    config_folder: Path | None = None,
    opening: tuple[Plan, Agreement] | None = None,
    problems: tuple[str, ...] = (),
    quick: bool = False,
    silent: bool = False,
    replace_process: Callable[[shared_memory.Ending], None] = signals.replace_process,
) -> HomeApp:
    """Make the app: the one place for the command line, the tests and the pictures."""
    return HomeApp(
        clock or clock_at(1),
        config_folder,
        opening,
        problems=problems,
        quick=quick,
        silent=silent,
        replace_process=replace_process,
    )


def run(request: SessionRequest | None = None) -> int:
    """Show the home screen, or go to the session that was asked for; returns the exit code.

    Raises:
        CotutorError: what was asked for can't be had.
    """
    from cotutor.conversation.session.request import settle  # noqa: PLC0415  not before the first frame
    from cotutor.services.folders import config_folder  # noqa: PLC0415  not before the first frame

    # Collecting what start-up leaves behind would keep the first frame waiting; see ``on_ready``.
    gc.disable()
    folder = config_folder()
    if request is None:
        return build_app(config_folder=folder).run_to_code()
    plan, agreement, problems = settle(request, Library(folder))
    app = build_app(
        clock=clock_at(request.rehearse),
        config_folder=folder,
        opening=(plan, agreement),
        problems=problems,
        quick=request.quick,
        silent=request.silent,
    )
    return app.run_to_code()
