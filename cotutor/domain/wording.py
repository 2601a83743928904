"""A session in words: one sentence for each event, and the lines about time that every face shows."""

from collections.abc import Callable

from msgspec import Struct

from cotutor.domain import events
from cotutor.domain.duration import SECOND, digits, in_words
from cotutor.domain.ledger import Account, Spell, accounts, allotted, credit, phase_length
from cotutor.domain.plan import MODE_NAMES, Phase, Role
from cotutor.domain.session import SessionState

TOO_LITTLE_TO_OWE = 15 * SECOND
"""A difference that two people cannot feel; it is named, but not called owed."""


class Parts(Struct, frozen=True):
    """Who has which part at present, by alias; None where nobody has it."""

    speaker: str | None = None
    listener: str | None = None
    observer: str | None = None


def parts(state: SessionState, phase: Phase | None = None) -> Parts:
    """Who speaks, listens and observes in the present phase, or in another one of this plan."""
    phase = phase or state.phase
    people = state.agreement.people
    places = (phase.speaker, phase.listener, phase.observer)
    return Parts(*(people[place - 1] if place else None for place in places))


def headline(state: SessionState) -> str:
    """What goes on, in a few words: ``Ana speaks``."""
    if state.ended:
        return "The session is over"
    return _headline(state, state.phase)


def _headline(state: SessionState, phase: Phase) -> str:
    part = parts(state, phase)
    traits = phase.kind.traits
    voices = {Role.SPEAKER: part.speaker, Role.LISTENER: part.listener, Role.OBSERVER: part.observer}
    name = voices[phase.voice or Role.SPEAKER]
    return traits.headline_of.format(name) if traits.headline_of and name else traits.headline


def shown_left(state: SessionState) -> str:
    """The time left as big digits show it; over time it counts up with a plus."""
    left = state.left
    if left >= 0 and not (left == 0 and state.spell.ran):
        return digits(left + SECOND - 1)
    return f"+{digits(-left)}"


def session_left(state: SessionState) -> int:
    """Milliseconds until the whole session ends, if the rest goes as agreed."""
    if state.ended:
        return 0
    expected = Spell(state.spell.index, ran=max(state.spell.ran, state.allotted), extra=state.spell.extra)
    had = [*state.done, expected]
    total = max(0, state.left)
    for index in range(state.spell.index + 1, len(state.plan.phases)):
        length = allotted(state.plan, had, Spell(index))
        had.append(Spell(index, ran=length))
        total += length
    return total


def accounts_now(state: SessionState) -> tuple[Account, ...]:
    """Everybody's time as it stands, the present phase counted as far as it ran."""
    return accounts(state.plan, state.done, state.spell)


def account_lines(state: SessionState) -> tuple[str, ...]:
    """The ledger in words, a line for each speaker and one for what is owed."""
    books = accounts_now(state)
    people = state.agreement.people
    lines = [f"{people[one.place - 1]}: {_spoken(one, _others(state, one.place))}" for one in books]
    if len(books) < 2:
        return tuple(lines)
    owed = [one for one in books if one.owed]
    lines += [_owed_to(one, state) for one in owed if _worth_owing(one)]
    if not any(_worth_owing(one) for one in owed):
        difference = max(one.owed for one in books)
        lines.append(
            f"Equal, to {in_words(difference)}." if difference >= SECOND else "Equal. Nothing is owed."
        )
    return tuple(lines)


def _worth_owing(account: Account) -> bool:
    return account.owed >= TOO_LITTLE_TO_OWE


def _others(state: SessionState, place: int) -> str:
    """Who the time of ``place`` is levelled with: by name, if it is one person."""
    others = [name for at, name in enumerate(state.agreement.people, 1) if at != place]
    return others[0] if len(others) == 1 else "the others"


def _spoken(account: Account, others: str) -> str:
    words = [f"{digits(account.spoken)} of {digits(account.planned)} planned"]
    if account.credit >= SECOND:
        words.append(f"{_to_come(account)}, as {others} had")
    if account.waived >= SECOND:
        words.append(f"gave back {digits(account.waived)}")
    return ", ".join(words)


def sentence(event: events.Event, state: SessionState) -> str:
    """What happened, in one sentence.

    Args:
        event: something this session yielded.
        state: the state after it.
    """
    return _SENTENCES[type(event)](event, state)


def _began(event: events.PhaseBegan, state: SessionState) -> str:
    phase = state.plan.phases[event.index]
    part = parts(state, phase)
    length = phase_length(phase)
    levelled = credit(state.plan, state.done, phase.turn_of) if phase.turn_of else 0
    words = _headline(state, phase)
    if phase.kind.traits.announces_parts and part.listener:
        words += f", {part.listener} listens"
        words += f", {part.observer} observes" if part.observer else ""
    more = ""
    if phase.turn_of and levelled >= SECOND:
        more = f", {in_words(levelled)} of it because {_others(state, phase.turn_of)} had more"
    return f"{words}: {in_words(length + levelled)}{more}."


def _time_up(event: events.TimeUp, state: SessionState) -> str:
    phase = state.plan.phases[event.index]
    speaker = parts(state, phase).speaker
    if phase.kind.traits.time_up and speaker:
        return phase.kind.traits.time_up.format(speaker)
    return f"{_headline(state, phase)}: time is up."


def _held(event: events.Held, state: SessionState) -> str:
    everybody = "both" if len(state.agreement.people) == 2 else "all"
    why = {
        events.Why.PAUSE: f"Paused, for {everybody} of you.",
        events.Why.EXPLAIN: "Stop and explain. The clock is held, and nothing is recorded.",
        events.Why.AWAY: "The clock is held.",
    }
    return why[event.why]


def _more(event: events.MoreGiven, state: SessionState) -> str:
    """What was given, what it comes to, and what the ledger makes of it, in the ledger's own words."""
    given = f"{in_words(event.amount)} more"
    total = _in_all(event.amount, state.spell.extra)
    if event.place is None or not state.phase.is_turn:
        return f"{given}{total}."
    people = state.agreement.people
    others = [one for one in accounts_now(state) if one.place != event.place]
    for_others = [
        *(f" {people[one.place - 1]}: {_to_come(one)}." for one in others if one.credit >= SECOND),
        *(f" {_owed_to(one, state)}." for one in others if _worth_owing(one)),
    ]
    return f"{given} for {people[event.place - 1]}{total}.{''.join(for_others)}"


def _in_all(amount: int, total: int) -> str:
    return f", {in_words(total)} in all" if total > amount else ""


def _to_come(account: Account) -> str:
    return f"{digits(account.credit)} more to come"


def _owed_to(account: Account, state: SessionState) -> str:
    return f"Owed to {state.agreement.people[account.place - 1]}: {digits(account.owed)}"


def _given_back(event: events.GivenBack, state: SessionState) -> str:
    name = state.agreement.people[event.place - 1] if event.place else "You"
    return f"{name} gave back {in_words(event.amount)}{_in_all(event.amount, -state.spell.extra)}."


def _earlier(event: events.BeganEarlier, state: SessionState) -> str:
    so_far = f" Time so far: {in_words(state.spell.ran)}." if state.spell.ran > event.amount else ""
    return f"Taken as begun {in_words(event.amount)} earlier.{so_far}"


def _mode(event: events.ModeChosen, state: SessionState) -> str:
    return f"{state.agreement.people[event.place - 1]} asks for: {MODE_NAMES[event.mode]}."


def _away(event: events.WentAway, _state: SessionState) -> str:
    return f"Away {in_words(event.away)}. Count it or not?"


def _away_decided(event: events.AwayDecided, _state: SessionState) -> str:
    return f"The time away, {in_words(event.away)}, {'counts' if event.counted else 'does not count'}."


_SENTENCES: dict[type[events.Event], Callable[..., str]] = {
    events.PhaseBegan: _began,
    events.PhaseEnded: lambda event, state: (
        f"{_headline(state, state.plan.phases[event.index])}: over after {in_words(event.ran)}."
    ),
    events.WarningDue: lambda event, _state: f"{in_words(event.left).capitalize()} left.",
    events.TimeUp: _time_up,
    events.Held: _held,
    events.Resumed: lambda event, _state: f"Going on. The clock was held for {in_words(event.held)}.",
    events.WentAway: _away,
    events.AwayDecided: _away_decided,
    events.MoreGiven: _more,
    events.GivenBack: _given_back,
    events.BeganEarlier: _earlier,
    events.ModeChosen: _mode,
    events.Undone: lambda event, _state: f"Undone: {event.what}.",
    events.EndedEarly: lambda _event, _state: "Ended early.",
    events.SessionEnded: lambda _event, _state: "The session is over.",
}
