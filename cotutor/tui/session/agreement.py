"""The agreement, before the clock starts. One press of Enter accepts all of it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import NEXT_FIELD
from cotutor.conversation.session.agreement import COIN, QUESTIONS, Agreeing, Id, limits, names_of, opening
from cotutor.conversation.session.agreement_commands import HELP, LEAVE, SOUND_CHECK, START
from cotutor.domain.agreement import Agreement, Wishes
from cotutor.domain.duration import short
from cotutor.domain.errors import CotutorError
from cotutor.domain.plan import Plan
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.start import StartButton


class AgreementPage(Page[None]):
    """A form: who is here, who goes first, how long, what kind of listening, and the limits.

    Each field has the id of its question, with the place of whoever answers it: ``warn-2``.

    Args:
        plan: the plan to agree on.
        agreement: what has been agreed already, such as on the command line.
    """

    CSS_PATH = "agreement.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (
        START,
        LEAVE,
        NEXT_FIELD,
        SOUND_CHECK,
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (110, "-wide")]

    @dataclass
    class Agreed(Message):
        """Both agree: the clock may start."""

        page: "AgreementPage"
        plan: Plan
        agreement: Agreement

    def __init__(self, plan: Plan, agreement: Agreement) -> None:
        super().__init__()
        self._proposed = Agreeing(plan, agreement)
        self._unchanged: dict[tuple[Id, int | None], str] = {
            ("names", None): names_of(agreement.people),
            ("turn", None): short(agreement.turn),
            **{("warn", place): _warnings(wish) for place, wish in enumerate(agreement.wishes, start=1)},
        }
        self.heading = plan.title

    @property
    def _people(self) -> tuple[str, ...]:
        """What the people are called before they type anything."""
        return self._proposed.agreement.people

    def body(self) -> ComposeResult:
        """The form, the limits, the terms, the button."""
        words = self.cotutor.guidance.wording.agreement
        *rest, acknowledge = limits(words)
        about = (
            Content(" ".join(rest)),
            Content.styled(acknowledge, "bold $primary"),
            Content(" ".join(opening(words))),
        )
        with VerticalScroll(id="form", can_focus=False):
            yield from self._names()
            yield from self._row("first", 1)
            yield from self._row("turn", short(self._proposed.agreement.turn))
            for place in self._proposed.speaking:
                yield from self._wishes(place, self._proposed.agreement.wishes[place - 1])
            yield from self._row("place", self._proposed.agreement.meeting)
            yield from self._row("bleep", self._proposed.agreement.bleep)
            yield from self._row("notes", "yes" if self._proposed.agreement.notes else "no")
            yield Static(Content("\n").join(about), id="limits")
            yield Static(id="terms")
        yield Static(id="problem")
        yield StartButton(f"We {'both' if len(self._people) == 2 else 'all'} agree: start")

    def _names(self) -> ComposeResult:
        question = QUESTIONS["names"]
        with Horizontal(classes="row"):
            yield Static(Content(question.label), classes="label")
            for place, name in enumerate(self._people, start=1):
                yield LineField(name, id=f"name-{place}", max_length=question.longest)

    def _row(self, ask: Id, chosen: str | int) -> ComposeResult:
        """A question that is asked once, or why it is not asked."""
        question = QUESTIONS[ask]
        with Horizontal(classes="row"):
            yield Static(Content(question.label), classes="label")
            if not question.when(self._proposed):
                yield Static(Content(question.unasked(self._proposed)), classes="reason")
            elif question.longest:
                yield LineField(str(chosen), id=ask, max_length=question.longest)
                yield Static(Content(f"  {question.hint}"), classes="hint")
            elif ask == "first":
                yield ChoiceField(*self._orders(self._proposed), chosen=chosen, id=ask)
            else:
                yield ChoiceField(*question.choices(self._proposed), chosen=chosen, id=ask)

    def _orders(self, agreeing: Agreeing) -> list[tuple[str | int, str]]:
        """Who may go first: people by their place, for their names change while they are typed."""
        *_people, coin = QUESTIONS["first"].choices(agreeing)
        return [*enumerate(agreeing.agreement.people, start=1), coin]

    def _wishes(self, place: int, wish: Wishes) -> ComposeResult:
        mode, warn = QUESTIONS["mode"], QUESTIONS["warn"]
        with Horizontal(classes="row wish"):
            label = mode.label.format(name=self._proposed.name(place))
            yield Static(Content(label), classes="label", id=f"wants-{place}")
            yield ChoiceField(*mode.choices(self._proposed), chosen=wish.mode.value, id=f"mode-{place}")
            with Horizontal(classes="warned"):
                yield Static(Content(warn.label), classes="before")
                yield LineField(
                    _warnings(wish), id=f"warn-{place}", max_length=warn.longest, placeholder=warn.hint
                )

    def on_mount(self) -> None:
        """Enter must start at once, so the button has the focus."""
        self.query_one(StartButton).focus(scroll_visible=False)
        self._show_terms()

    @on(ChoiceField.Changed)
    def _chosen(self) -> None:
        for choice in self.query("#first").results(ChoiceField):
            if choice.value == COIN:
                tossed = self._named().toss()
                choice.choose(tossed.turned + 1)
                self._show_problem(tossed.notice)
        self._show_terms()

    @on(Input.Changed)
    def _show_terms(self) -> None:
        """Show what would be agreed, and use the aliases wherever people are named on this page."""
        self._show_warnings()
        try:
            terms = self._agreed().terms()
        except CotutorError:
            terms = ()  # what does not fit is shown when they start: they may still be typing
        self.query_one("#terms", Static).update(Content(" ".join(terms)))
        named = self._named()
        for choice in self.query("#first").results(ChoiceField):
            choice.rename(*self._orders(named))
        for place in named.speaking:
            label = QUESTIONS["mode"].label.format(name=named.name(place))
            self.query_one(f"#wants-{place}", Static).update(Content(label))

    @on(Input.Submitted)
    def _field_done(self) -> None:
        self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Up and down go from field to field, as on a form."""
        if (event.key == "enter" and isinstance(self.focused, ChoiceField)) or event.key == "down":
            self.focus_next()
        elif event.key == "up":
            self.focus_previous()
        else:
            return
        event.stop()

    @on(StartButton.Pressed)
    def action_start(self) -> None:
        """Start, or show what does not fit and go there."""
        try:
            agreed = self._agreed(go_there=True)
        except CotutorError as problem:
            self._show_problem(problem.message)
            return
        self.post_message(self.Agreed(self, agreed.plan, agreed.agreement))

    def _show_warnings(self) -> None:
        """Let go, in sight, of warnings that nobody gave and that do not fit the turn that is typed."""
        with suppress(CotutorError):
            agreement = self._answer(self._proposed, "turn").agreement
            for place in self._proposed.speaking:
                field, fits = (
                    self.query_one(f"#warn-{place}", LineField),
                    _warnings(agreement.wishes[place - 1]),
                )
                if field.value == self._unchanged["warn", place]:
                    field.value = self._unchanged["warn", place] = fits

    def _show_problem(self, line: str) -> None:
        self.query_one("#problem", Static).update(Content(line))

    def _named(self) -> Agreeing:
        """With the aliases as far as they are sound."""
        try:
            return self._answer(self._proposed, "names")
        except CotutorError:
            return self._proposed

    def _agreed(self, *, go_there: bool = False) -> Agreeing:
        """What stands in the form.

        Args:
            go_there: whether the field of an answer that does not fit takes the focus.

        Raises:
            CotutorError: an answer does not fit.
        """
        agreeing = self._proposed
        for ask, question in QUESTIONS.items():
            if not question.when(agreeing) or ask == "first":
                continue
            for place in agreeing.speaking if question.each else (None,):
                try:
                    agreeing = self._answer(agreeing, ask, place)
                except CotutorError:
                    if go_there:
                        self._field(ask, place).focus()
                    raise
        # Last of all, because it turns the places round.
        first = self.query("#first")
        return agreeing.starting_with(int(self._written("first"))) if first else agreeing

    def _answer(self, agreeing: Agreeing, ask: Id, place: int | None = None) -> Agreeing:
        """With an answer; what nobody has changed is no answer.

        The plan may say what nobody could type, and a warning that nobody gave goes with a shorter turn.
        """
        written = self._written(ask, place)
        if written == self._unchanged.get((ask, place)):
            return agreeing
        return agreeing.answer(ask, written, place)

    def _written(self, ask: Id, place: int | None = None) -> str:
        if ask == "names":
            people = self._people
            return names_of(
                [self.query_one(f"#name-{number}", LineField).value for number in range(1, len(people) + 1)]
            )
        field = self._field(ask, place)
        return str(field.value)

    def _field(self, ask: Id, place: int | None = None) -> LineField | ChoiceField[str | int]:
        """The field of a question."""
        name = "name-1" if ask == "names" else f"{ask}-{place}" if place else ask
        return self.query_one(f"#{name}")  # type: ignore[return-value]  # every question has one of the two


def _warnings(wish: Wishes) -> str:
    """A speaker's warnings as they stand in the form."""
    return " ".join(short(warning) for warning in wish.warnings)
