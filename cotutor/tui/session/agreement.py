"""The agreement, before the clock starts. One press of Enter accepts all of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, cast

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from cotutor.conversation.command import Command
from cotutor.domain.agreement import LONGEST_ALIAS, Agreement, Bleep, Meeting
from cotutor.domain.duration import Length, parse_length, short
from cotutor.domain.errors import CotutorError
from cotutor.domain.ledger import speakers
from cotutor.domain.plan import MODE_NAMES, Mode, Plan
from cotutor.tui.common.page import Page
from cotutor.tui.keys import bindings
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.fields import LineField
from cotutor.tui.widgets.start import StartButton

COIN = 0
"""The place that the coin stands for among those who may speak first."""


class AgreementPage(Page[None]):
    """Who is here, who goes first, how long, what kind of listening, and the limits.

    Args:
        plan: the plan to agree on.
        agreement: what has been agreed already, such as on the command line.
    """

    CSS_PATH = "agreement.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("enter", "start", "Agree and start", "Both agree: start the clock."),
        Command("escape", "app.pop_screen", "Back", "Go back without starting."),
        Command("tab", "app.focus_next", "Next field", "Go to the next field; the arrow keys choose in it."),
        Command("f2", "app.sound_check", "Sound check", "Ring the bell and see whether you hear it."),
        Command("f1", "app.keys", "Help", "What every key does."),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS[1:])
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (110, "-wide")]

    @dataclass
    class Agreed(Message):
        """Both agree: the clock may start."""

        plan: Plan
        agreement: Agreement

    def __init__(self, plan: Plan, agreement: Agreement) -> None:
        super().__init__()
        self._plan = plan
        self._agreed = agreement
        self.heading = plan.title

    def body(self) -> ComposeResult:
        """The form, the limits, the button."""
        with VerticalScroll(id="form", can_focus=False):
            yield from self._people()
            yield from self._wishes()
            yield from self._circumstances()
            yield Static(self._limits(), id="limits")
        yield Static(id="problem")
        yield StartButton("We all agree: start" if len(self._plan.people) > 2 else "We both agree: start")

    def _people(self) -> ComposeResult:
        people = self._agreed.people
        with Horizontal(classes="row"):
            yield Static(Content("Who is here"), classes="label")
            for place, name in enumerate(people, start=1):
                yield LineField(name, id=f"name-{place}", max_length=LONGEST_ALIAS)
        with Horizontal(classes="row"):
            yield Static(Content("Goes first"), classes="label")
            if len(self._speaking()) > 1:
                yield ChoiceField(*self._orders(people), chosen=1, id="first")
            else:
                yield Static(
                    Content(f"only {people[self._speaking()[0] - 1]} speaks in this plan"), classes="hint"
                )
        with Horizontal(classes="row"):
            yield Static(Content("Each turn"), classes="label")
            yield LineField(short(self._agreed.turn), id="turn", max_length=8)
            yield Static(Content("  like 20m or 1h"), classes="hint")

    def _orders(self, names: tuple[str, ...]) -> list[tuple[int, str]]:
        return [*enumerate(names, start=1), (COIN, "toss a coin")]

    def _wishes(self) -> ComposeResult:
        modes = [(mode, MODE_NAMES[mode]) for mode in self._plan.modes]
        for place in self._speaking():
            wish = self._agreed.wishes[place - 1]
            written = " ".join(short(warning) for warning in wish.warnings)
            with Horizontal(classes="row wish"):
                yield Static(
                    Content(f"{self._agreed.people[place - 1]} wants"), classes="label", id=f"wants-{place}"
                )
                yield ChoiceField(*modes, chosen=wish.mode, id=f"mode-{place}")
                with Horizontal(classes="warned"):
                    yield Static(Content("warn"), classes="before")
                    yield LineField(written, id=f"warn-{place}", max_length=30, placeholder="never")

    def _speaking(self) -> tuple[int, ...]:
        return speakers(self._plan)

    def _circumstances(self) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Static(Content("You meet"), classes="label")
            yield ChoiceField(
                ("in person", "in person"), ("remote", "remote"), chosen=self._agreed.meeting, id="place"
            )
        with Horizontal(classes="row"):
            yield Static(Content("If a bleep goes"), classes="label")
            bleeps = [(word, word) for word in ("pause", "end the turn", "ignore")]
            yield ChoiceField(*bleeps, chosen=self._agreed.bleep, id="bleep")
        with Horizontal(classes="row"):
            yield Static(Content("Notes"), classes="label")
            if self._plan.notes == "allowed":
                words = ((False, "none"), (True, "the owner may reflect afterwards"))
                yield ChoiceField(*words, chosen=self._agreed.notes, id="notes")
            else:
                yield Static(Content("none: this plan keeps nothing"), classes="hint")

    def _limits(self) -> Content:
        words = self.cotutor.guidance.wording.agreement
        paragraphs = (
            Content(" ".join(words.limits)),
            Content.styled(words.acknowledge, "bold $primary"),
            Content(" ".join((*words.opening, words.scope))),
        )
        return Content("\n").join(paragraphs)

    def on_mount(self) -> None:
        """Enter must start at once, so the button has the focus."""
        self.query_one(StartButton).focus(scroll_visible=False)

    @on(Input.Changed)
    def _names_changed(self, event: Input.Changed) -> None:
        """Use the aliases wherever people are named on this page."""
        if not (event.input.id or "").startswith("name-"):
            return
        names = tuple(self._text(f"name-{place}") or "?" for place in range(1, len(self._plan.people) + 1))
        for choice in self.query("#first").results(ChoiceField):
            choice.rename(*self._orders(names))
        for place in self._speaking():
            self.query_one(f"#wants-{place}", Static).update(Content(f"{names[place - 1]} wants"))

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

    @on(ChoiceField.Changed, "#first")
    def _toss(self) -> None:
        choice = self.query_one("#first", ChoiceField)
        if choice.value == COIN:
            first = random.SystemRandom().randint(1, len(self._plan.people))
            choice.choose(first)
            self._say(
                f"The coin says: {self._text(f'name-{first}') or self._plan.people[first - 1]} goes first."
            )

    @on(StartButton.Pressed)
    def action_start(self) -> None:
        """Start, or say what does not fit and go there."""
        try:
            agreement = self._read()
        except CotutorError as problem:
            self._say(problem.message)
            return
        self.post_message(self.Agreed(self._plan, agreement))

    def _say(self, words: str) -> None:
        self.query_one("#problem", Static).update(Content(words))

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", LineField).value.strip()

    def _read(self) -> Agreement:
        """What stands in the form.

        Raises:
            CotutorError: something does not fit; the field concerned has the focus.
        """
        names = tuple(self._text(f"name-{place}") for place in range(1, len(self._plan.people) + 1))
        agreement = self._reading("name-1", lambda: self._agreed.named(names))
        named = agreement
        agreement = self._reading("turn", lambda: named.with_turn(_length(self._text("turn"))))
        for place in self._speaking():
            agreement = self._wish(agreement, place)
        agreement = replace(
            agreement,
            meeting=cast("Meeting", self._chosen("place")),
            bleep=cast("Bleep", self._chosen("bleep")),
            notes=self._notes(),
        )
        if len(self._speaking()) > 1:
            return agreement.starting_with(cast("int", self._chosen("first")))
        return agreement

    def _wish(self, agreement: Agreement, place: int) -> Agreement:
        field = f"warn-{place}"
        listening = agreement.listening(cast("Mode", self._chosen(f"mode-{place}")), place)
        return self._reading(field, lambda: listening.warned(_lengths(self._text(field)), place))

    def _reading(self, field: str, read: Callable[[], Agreement]) -> Agreement:
        try:
            return read()
        except CotutorError:
            self.query_one(f"#{field}").focus()
            raise

    def _chosen(self, choice: str) -> object:
        return self.query_one(f"#{choice}", ChoiceField).value

    def _notes(self) -> bool:
        return self._plan.notes == "allowed" and bool(self._chosen("notes"))


def _length(text: str) -> Length:
    try:
        return parse_length(text)
    except ValueError as problem:
        raise CotutorError(f"{str(problem).capitalize()}.") from None


def _lengths(text: str) -> tuple[int, ...]:
    return tuple(_length(word) for word in text.replace(",", " ").split())
