"""The agreement before the clock, read aloud line by line: two empty lines accept it and start."""

from collections.abc import Callable
from secrets import randbelow
from typing import Any, Literal, get_args

from msgspec.structs import replace

from cotutor.conversation.session.request import allowed, starting_with
from cotutor.conversation.session.typed import length_typed, mode_typed
from cotutor.domain.agreement import Agreement, Bleep, Meeting
from cotutor.domain.duration import in_words
from cotutor.domain.errors import CotutorError
from cotutor.domain.guidance import AgreementWords
from cotutor.domain.ledger import speakers
from cotutor.domain.plan import MODE_NAMES, Plan
from cotutor.domain.text import nearest
from cotutor.plain.output import Output
from cotutor.plain.reader import Lines
from cotutor.plain.session.words import Word, find, listed

AGREEMENT_WORDS = (
    Word("names", "who is here, in speaking order", "names Ana, Ben"),
    Word("first", "who speaks first", "first Ben"),
    Word("coin", "let the program toss for who speaks first"),
    Word("turn", "how long each speaks", "turn 15m"),
    Word("warn", "when a speaker wants a word before the end", "warn 5m 1m, or warn Ana 5m, or warn none"),
    Word("mode", "the listening that a speaker wants", "mode listen, or mode Ana challenge"),
    Word("place", "in one room or not", "place remote, or place in person"),
    Word("bleep", "what happens when a bleep goes", "bleep pause, end the turn, or ignore"),
    Word(
        "notes", "whether the owner of this computer may write their own reflection", "notes yes, or notes no"
    ),
    Word("bell", "ring the bell, to hear whether it sounds"),
    Word("read", "read the agreement again"),
    Word("leave", "go, without starting"),
    Word("help", "this list"),
)
"""What can be typed before the clock starts."""

_PATIENCE = 3600.0
"""Seconds; before the clock starts nothing happens by itself, however long people talk."""


class Agreeing:
    """The step in which people agree.

    Args:
        plan: the plan of the session.
        agreement: the agreement as it is proposed.
        words: what is said before the clock starts.
        output: where it is written.
        lines: where the answers come from.
        toss: a number below its argument, by chance.
    """

    def __init__(
        self,
        plan: Plan,
        agreement: Agreement,
        words: AgreementWords,
        output: Output,
        lines: Lines,
        *,
        toss: Callable[[int], int] = randbelow,
    ) -> None:
        self._plan = plan
        self._agreement = agreement
        self._words = words
        self._output = output
        self._lines = lines
        self._toss = toss
        self._change: dict[str, Callable[[str], Agreement]] = {
            "names": self._names,
            "first": lambda rest: starting_with(self._agreement, self._person(rest), self._plan),
            "coin": self._coin,
            "turn": lambda rest: self._agreement.with_turn(length_typed(rest)),
            "warn": self._warn,
            "mode": self._mode,
            "place": lambda rest: replace(self._agreement, meeting=_one_of(rest, Meeting)),
            "bleep": lambda rest: replace(self._agreement, bleep=_one_of(rest, Bleep)),
            "notes": self._notes,
        }

    def agree(self) -> Agreement | None:
        """Read the agreement and its limits aloud; return what was agreed, or None if they leave.

        At the end of the input everything not yet answered is taken as it stands.
        """
        words = self._words
        self._output.show(f"{words.heading}.", *words.opening)
        self._read()
        self._output.show("Press Enter to accept, or change a line: type help for how.")
        if not self._answered():
            return None
        self._output.show(*words.limits, words.acknowledge, "Press Enter to agree and start the clock.")
        return self._agreement if self._answered() else None

    def _read(self) -> None:
        self._output.show(*terms(self._agreement, self._plan))

    def _answered(self) -> bool:
        """Take changes until an empty line accepts; False if they leave."""
        while (line := self._line()) is not None:
            try:
                word, rest = find(line, AGREEMENT_WORDS) if line else (None, "")
                if word is None or word.name == "leave":
                    return word is None
                self._obey(word, rest)
            except CotutorError as problem:
                self._output.show(problem.message)
        return True

    def _line(self) -> str | None:
        """The next line, or None when there will be none."""
        while not self._lines.ended:
            if (line := self._lines.read(_PATIENCE)) is not None:
                return line
        return None

    def _obey(self, word: Word, rest: str) -> None:
        if word.name == "help":
            self._output.show(*listed(AGREEMENT_WORDS))
        elif word.name == "bell":
            self._output.show(*self._output.bell_checked())
        elif word.name == "read":
            self._read()
        else:
            before = terms(self._agreement, self._plan)
            self._agreement = self._change[word.name](rest)
            changed = [line for line in terms(self._agreement, self._plan) if line not in before]
            self._output.show(*(changed or ["It is so already."]))

    def _names(self, rest: str) -> Agreement:
        return self._agreement.named(tuple(rest.split(",") if "," in rest else rest.split()))

    def _coin(self, _rest: str) -> Agreement:
        return starting_with(self._agreement, self._toss(len(self._agreement.people)) + 1, self._plan)

    def _warn(self, rest: str) -> Agreement:
        place, lengths = self._whose(rest)
        if lengths == "none":
            return self._agreement.warned((), place)
        return self._agreement.warned(tuple(length_typed(one) for one in lengths.split() or [""]), place)

    def _mode(self, rest: str) -> Agreement:
        place, written = self._whose(rest)
        return self._agreement.listening(allowed(mode_typed(written), self._plan), place)

    def _notes(self, rest: str) -> Agreement:
        wanted = _one_of(rest, Literal["yes", "no"]) == "yes"
        if wanted and self._plan.notes == "none":
            raise CotutorError("This plan is without notes.")
        return replace(self._agreement, notes=wanted)

    def _whose(self, rest: str) -> tuple[int | None, str]:
        """Whom a line is about, if it begins with somebody's alias, and the rest of it."""
        for place, name in enumerate(self._agreement.people, start=1):
            if rest.casefold().startswith(f"{name.casefold()} "):
                return place, rest[len(name) :].strip()
        return None, rest

    def _person(self, written: str) -> int:
        names = [name.casefold() for name in self._agreement.people]
        if written.casefold() not in names:
            raise CotutorError(f"Say who: {' or '.join(self._agreement.people)}.")
        return names.index(written.casefold()) + 1


def terms(agreement: Agreement, plan: Plan) -> tuple[str, ...]:
    """What is agreed, a line for each point."""
    people, places = agreement.people, speakers(plan)
    first, *others = (people[place - 1] for place in places)
    order = f"{first} speaks first, then {', then '.join(others)}." if others else f"Only {first} speaks."
    wishes = ((people[place - 1], agreement.wishes[place - 1]) for place in places)
    return (
        f"Here are {' and '.join(people)}. {order}",
        f"Each turn lasts {in_words(agreement.turn)}.",
        *(f"{name} asks for: {MODE_NAMES[wish.mode]}; {_warned(wish.warnings)}." for name, wish in wishes),
        "You are in one room." if agreement.meeting == "in person" else "You are in different places.",
        f"If a bleep goes: {agreement.bleep}.",
        "The owner of this computer may write a reflection afterwards."
        if agreement.notes
        else "Nobody takes notes.",
    )


def _warned(warnings: tuple[int, ...]) -> str:
    if not warnings:
        return "no word before the end"
    return f"a word {' and '.join(in_words(warning) for warning in warnings)} before the end"


def _one_of(written: str, kind: Any) -> Any:
    """One of a literal type's values, by its name or its beginning."""
    choices = get_args(kind)
    found = [choice for choice in choices if written and choice.startswith(written.casefold())]
    if len(found) != 1:
        near = nearest(written, choices)
        raise CotutorError(f"Say {' or '.join(choices)}.{f' Did you mean {near}?' if near else ''}")
    return found[0]
