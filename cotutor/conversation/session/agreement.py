"""The agreement before the clock: what is asked, which answers are taken, and what comes of them.

A form shows every question at once, the line mode takes one answer a line, and the command line
answers some beforehand. All of them call ``Agreeing.answer``, so the same words mean the same
everywhere, and what is refused is refused in the same sentence.
"""

from collections.abc import Callable, Sequence
from secrets import randbelow
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from cotutor.conversation.session.typed import mode_typed
from cotutor.conversation.typed import length_typed
from cotutor.domain.agreement import LONGEST_ALIAS, Agreement, Bleep, Meeting
from cotutor.domain.duration import in_words
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import AgreementWords
from cotutor.domain.ledger import speakers
from cotutor.domain.plan import MODE_NAMES, Mode, Plan
from cotutor.domain.text import nearest, one_line

Id = Literal["names", "first", "turn", "mode", "warn", "place", "bleep", "notes"]
"""What a question is called in the code, and the word with which the line mode answers it."""

COIN = "coin"
"""The answer to who goes first that leaves it to chance."""


class Agreeing(Struct, frozen=True):
    """An agreement in the making. Each answer gives a new one.

    Places count from 1 in the present speaking order.
    """

    plan: Plan
    agreement: Agreement
    turned: int = 0
    """By how many places the plan's order has been turned round, so that somebody else speaks first."""
    notice: str = ""
    """What came of the last answer besides the terms: how the coin fell."""
    below: Callable[[int], int] = randbelow
    """A whole number from 0 that is less than its argument, by chance."""

    @property
    def speaking(self) -> tuple[int, ...]:
        """The places of those who speak in this plan."""
        return speakers(self.plan)

    def name(self, place: int) -> str:
        """What the person at a place is called."""
        return self.agreement.people[place - 1]

    def usual_name(self, place: int) -> str:
        """What the person at a place is called until they take an alias."""
        people = self.plan.people
        return people[(place - 1 + self.turned) % len(people)]

    def answer(self, question: Id, written: str, place: int | None = None) -> "Agreeing":
        """The same with an answer as somebody typed it.

        Args:
            question: what was asked.
            written: the answer; for ``mode`` and ``warn`` it may begin with the alias it is about.
            place: whose answer it is, for ``mode`` and ``warn``; everybody's if left out.

        Raises:
            CotutorError: it is not understood, does not fit, or is not asked in this plan.
        """
        asked = QUESTIONS[question]
        if not asked.when(self):
            raise CotutorError(asked.unasked(self))
        return _READ[question](replace(self, notice=""), written.strip(), place)

    def toss(self) -> "Agreeing":
        """The same with somebody speaking first by chance, whatever they are called.

        Raises:
            CotutorError: only one of them speaks in this plan.
        """
        asked = QUESTIONS["first"]
        if not asked.when(self):
            raise CotutorError(asked.unasked(self))
        place = self.below(len(self.agreement.people)) + 1
        return replace(self.starting_with(place), notice=f"The coin says: {self.name(place)} goes first.")

    def starting_with(self, place: int) -> "Agreeing":
        """The same with the person at ``place`` speaking first."""
        turned = (self.turned + place - 1) % len(self.plan.people)
        return replace(self, agreement=self.agreement.starting_with(place), turned=turned)

    def terms(self) -> tuple[str, ...]:
        """What is agreed, a line for each point."""
        agreement = self.agreement
        first, *others = (self.name(place) for place in self.speaking)
        order = f"{first} speaks first, then {', then '.join(others)}." if others else f"Only {first} speaks."
        wishes = ((self.name(place), agreement.wishes[place - 1]) for place in self.speaking)
        return (
            f"Here are {' and '.join(agreement.people)}. {order}",
            f"Each turn lasts {in_words(agreement.turn)}.",
            *(
                f"{name} asks for: {MODE_NAMES[wish.mode]}; {_warned(wish.warnings)}."
                for name, wish in wishes
            ),
            "You are in one room." if agreement.meeting == "in person" else "You are in different places.",
            f"If a bleep goes: {agreement.bleep}.",
            "The owner of this computer may write a reflection afterwards."
            if agreement.notes
            else "Nobody takes notes.",
        )


class Question(Struct, frozen=True):
    """Something that the people agree on."""

    label: str
    """What stands before it on a form; ``{name}`` is whose answer it is."""
    help: str
    """What it settles."""
    example: str = ""
    """How it is answered in the line mode."""
    hint: str = ""
    """How the answer is written."""
    longest: int = 0
    """The most characters of an answer that is typed; 0 if one of ``choices`` is chosen."""
    choices: Callable[[Agreeing], tuple[tuple[str, str], ...]] = lambda _agreeing: ()
    """The answers that may be chosen: what is typed, and what is shown."""
    each: bool = False
    """Whether every speaker answers for themselves."""
    when: Callable[[Agreeing], bool] = lambda _agreeing: True
    """Whether it is asked."""
    unasked: Callable[[Agreeing], str] = lambda _agreeing: ""
    """Why it is not."""


QUESTIONS: dict[Id, Question] = {
    "names": Question(
        "Who is here",
        "Who is here, in speaking order.",
        "names Ana, Ben",
        longest=2 * LONGEST_ALIAS,
    ),
    "first": Question(
        "Goes first",
        "Who speaks first.",
        "first Ben",
        choices=lambda agreeing: (
            *((name, name) for name in agreeing.agreement.people),
            (COIN, "toss a coin"),
        ),
        when=lambda agreeing: len(agreeing.speaking) > 1,
        unasked=lambda agreeing: f"Only {agreeing.name(agreeing.speaking[0])} speaks in this plan.",
    ),
    "turn": Question("Each turn", "How long each speaks.", "turn 15m", hint="like 20m or 1h", longest=20),
    "mode": Question(
        "{name} wants",
        "The listening that a speaker wants.",
        "mode listen, or mode Ana challenge",
        choices=lambda agreeing: tuple((mode.value, MODE_NAMES[mode]) for mode in agreeing.plan.modes),
        each=True,
    ),
    "warn": Question(
        "warn",
        "When a speaker wants a word before the end.",
        "warn 5m 1m, or warn Ana 5m, or warn none",
        hint="never",
        longest=60,
        each=True,
    ),
    "place": Question(
        "You meet",
        "In one room or not.",
        "place remote, or place in person",
        choices=lambda _agreeing: tuple((one, one) for one in get_args(Meeting)),
    ),
    "bleep": Question(
        "If a bleep goes",
        "What happens when a bleep goes.",
        "bleep pause, end the turn, or ignore",
        choices=lambda _agreeing: tuple((one, one) for one in get_args(Bleep)),
    ),
    "notes": Question(
        "Notes",
        "Whether the owner of this computer may write their own reflection.",
        "notes yes, or notes no",
        choices=lambda _agreeing: (("no", "none"), ("yes", "the owner may reflect afterwards")),
        when=lambda agreeing: agreeing.plan.notes == "allowed",
        unasked=lambda _agreeing: "This plan is without notes.",
    ),
}
"""Every question, in the order in which it is asked."""


def opening(words: AgreementWords) -> tuple[str, ...]:
    """What is shown before anybody agrees on anything: what this is, and what it is not."""
    return (*words.opening, words.scope)


def limits(words: AgreementWords) -> tuple[str, ...]:
    """The limits of confidentiality, and what everybody says yes to by starting."""
    return (*words.limits, words.acknowledge)


def names_of(fields: Sequence[str]) -> str:
    """The answer to who is here, from one field for each person."""
    return ", ".join(fields)


def _names(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    names = [
        one_line(name, len(written)) for name in (written.split(",") if "," in written else written.split())
    ]
    if any(len(name) > LONGEST_ALIAS for name in names):
        raise CotutorError(f"An alias has at most {LONGEST_ALIAS} letters.")
    people = len(agreeing.agreement.people)
    taken = (
        name or agreeing.usual_name((number - 1) % people + 1) for number, name in enumerate(names, start=1)
    )
    return replace(agreeing, agreement=agreeing.agreement.named(tuple(taken)))


def _first(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    people = agreeing.agreement.people
    names = [name.casefold() for name in people]
    if written.casefold() in names:
        return agreeing.starting_with(names.index(written.casefold()) + 1)
    if written.casefold() != COIN:
        raise CotutorError(f"Say who: {' or '.join(people)}.")
    return agreeing.toss()


def _turn(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    return replace(agreeing, agreement=agreeing.agreement.with_turn(length_typed(written)))


def _mode(agreeing: Agreeing, written: str, place: int | None) -> Agreeing:
    place, written = _whose(agreeing, written, place)
    mode = allowed(mode_typed(written), agreeing.plan)
    return replace(agreeing, agreement=agreeing.agreement.listening(mode, place))


def _warn(agreeing: Agreeing, written: str, place: int | None) -> Agreeing:
    place, written = _whose(agreeing, written, place)
    lengths = "" if written.casefold() in {"none", "never"} else written.replace(",", " ")
    warnings = tuple(length_typed(one) for one in lengths.split())
    return replace(agreeing, agreement=agreeing.agreement.warned(warnings, place))


def _meeting(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    meeting: Meeting = _one_of(written, "place", agreeing)  # type: ignore[assignment]  # one of its values
    return replace(agreeing, agreement=replace(agreeing.agreement, meeting=meeting))


def _bleep(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    bleep: Bleep = _one_of(written, "bleep", agreeing)  # type: ignore[assignment]  # one of its values
    return replace(agreeing, agreement=replace(agreeing.agreement, bleep=bleep))


def _notes(agreeing: Agreeing, written: str, _place: int | None) -> Agreeing:
    wanted = _one_of(written, "notes", agreeing) == "yes"
    return replace(agreeing, agreement=replace(agreeing.agreement, notes=wanted))


_READ: dict[Id, Callable[[Agreeing, str, int | None], Agreeing]] = {
    "names": _names,
    "first": _first,
    "turn": _turn,
    "mode": _mode,
    "warn": _warn,
    "place": _meeting,
    "bleep": _bleep,
    "notes": _notes,
}


def allowed(mode: Mode, plan: Plan) -> Mode:
    """The kind of listening, if the plan has it.

    Raises:
        CotutorError: it has not.
    """
    if mode not in plan.modes:
        raise CotutorError(f"This plan is for {', '.join(MODE_NAMES[one] for one in plan.modes)}.")
    return mode


def _whose(agreeing: Agreeing, written: str, place: int | None) -> tuple[int | None, str]:
    """Whom an answer is about, if it begins with somebody's alias, and the rest of it."""
    if place is not None:
        return place, written
    # Casefolding changes lengths ("Straße", "STRASSE"), so the alias is looked for from blank to blank.
    words = written.split(" ")
    begun = [" ".join(words[:count]).casefold() for count in range(1, len(words))]
    places = {name.casefold(): number for number, name in enumerate(agreeing.agreement.people, start=1)}
    # Of "Ana" and "Ana B" the longer one is meant.
    for count, alias in reversed([*enumerate(begun, start=1)]):
        if alias in places:
            return places[alias], " ".join(words[count:]).strip()
    return None, written


def _one_of(written: str, question: Id, agreeing: Agreeing) -> str:
    """One of the answers to choose from, by its beginning or as a form shows it."""
    choices = QUESTIONS[question].choices(agreeing)
    wanted = written.casefold()
    found = [typed for typed, shown in choices if wanted and (typed.startswith(wanted) or shown == wanted)]
    if len(found) != 1:
        words = [typed for typed, _shown in choices]
        near = nearest(written, words)
        raise CotutorError(f"Say {' or '.join(words)}.{f' Did you mean {near}?' if near else ''}")
    return found[0]


def _warned(warnings: tuple[int, ...]) -> str:
    if not warnings:
        return "no word before the end"
    return f"a word {' and '.join(in_words(warning) for warning in warnings)} before the end"
