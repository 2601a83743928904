"""What the trainer's view says in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from textual.content import Content

from cotutor.domain import events
from cotutor.domain.duration import in_words, short
from cotutor.domain.events import Why
from cotutor.domain.plan import Kind
from cotutor.domain.programme import Item, Programme, Section
from cotutor.domain.rotation import Round
from cotutor.domain.session import SessionState
from cotutor.domain.wording import shown_left
from cotutor.services.workshop_runner import RoomRunner
from cotutor.tui.session.words import notice
from cotutor.tui.trainer.page import heading, lines


def place(room: RoomRunner) -> str:
    """``4 of 11 · First round, in threes``."""
    sections = room.sections
    days = max(section.item.day for section in sections)
    day = f"day {room.section.item.day} · " if days > 1 else ""
    return f"{day}{room.index + 1} of {len(sections)} · {room.section.item.title}"


def times(room: RoomRunner, wall: datetime, *, digits: bool) -> str:
    """Until when this phase and this item last."""
    state = room.runner.state
    left = "" if digits else f"{shown_left(state)} · "
    if state.ended:
        return ""
    if state.hold is not None:
        return f"{left}paused"
    if state.left < 0:
        return f"{left}over its time"
    return f"{left}until {wall + timedelta(milliseconds=state.left):%H:%M}"


def happened(event: events.Event, state: SessionState, standing: str) -> Content | None:
    """What has just happened, for a whole room; None if the screen tells it already."""
    if isinstance(event, events.PhaseBegan | events.PhaseEnded | events.SessionEnded):
        return Content("")
    if isinstance(event, events.Held) and event.why is Why.PAUSE:
        return Content.styled("‖ Paused for the whole room. space goes on.", "bold $warning")
    if isinstance(event, events.TimeUp):
        return Content.styled("■ Time is up. n goes on.", "bold $warning")
    if isinstance(event, events.MoreGiven):
        also = ", and in the other turns of this round" if state.phase.kind is Kind.TURN else ""
        return Content(f"{in_words(event.amount)} more{also}. {_now(standing)} u undoes it.")
    if isinstance(event, events.GivenBack):
        return Content(f"{in_words(event.amount)} less. {_now(standing)} u undoes it.")
    return notice(event, state)


def _now(standing: str) -> str:
    return f"{standing[0].upper()}{standing[1:]}."


def notes(item: Item, odd: str = "") -> Content:
    """The trainer's notes on an item."""
    said: list[str | Content] = [heading("Your notes"), *(f"• {line}" for line in item.trainer)]
    said += [f"• {odd}"] if odd else []
    said += ["• d plays the demonstration."] if item.demo else []
    return lines(said if len(said) > 1 else [*said, "None for this part."])


def following(sections: Sequence[Section], index: int, wall: datetime, left: int, told: str = "") -> Content:
    """The next items of this day, with the times at which they would begin; last, what else is told."""
    day = sections[index].item.day
    said: list[str | Content] = [heading("Next")]
    at = wall + timedelta(milliseconds=max(0, left))
    for section in sections[index + 1 :]:
        if section.item.day != day:
            said.append(Content.styled(f"then day {section.item.day}", "$text-muted"))
            break
        said.append(f"{at:%H:%M}  {section.item.title} ({short(section.item.lasts)})")
        at += timedelta(milliseconds=section.item.lasts)
    said += ["This is the last part."] if len(said) == 1 else []
    return lines([*said, "", Content.styled(told, "$text-muted")] if told else said)


def seating(rounds: Sequence[Round], people: Sequence[str], now: int | None = None) -> Content:
    """Who sits with whom in every round; the present one is marked by a sign."""
    if not rounds:
        return Content("In this programme nobody changes places.")
    said: list[str | Content] = []
    for one in rounds:
        mark = "› " if one.number == now else ""
        said.append(heading(f"{mark}Round {one.number}"))
        groups = (" · ".join(seat.person for seat in group.seats) for group in one.groups)
        said += ["    ".join(group.replace(" ", "\u00a0") for group in groups), ""]
    said.append(Content.styled("Whoever is named first speaks first, then the next.", "$text-muted"))
    if list(people) != [str(number) for number in range(1, len(people) + 1)]:
        numbered = "   ".join(f"{number}\u00a0{name}" for number, name in enumerate(people, start=1))
        said += ["", heading("Numbers in the second window, which shows no names"), numbered]
    return lines(said)


def summary(programme: Programme) -> str:
    """How long a programme lasts and for how many it was made."""
    return f"{short(programme.length)}, {programme.fewest} to {programme.most} people"
