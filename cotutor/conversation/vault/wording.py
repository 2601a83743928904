"""How the vault and what it holds are put into words, the same in every face."""

from datetime import datetime

from cotutor.content.templates import templates
from cotutor.conversation.notice import Medium
from cotutor.conversation.vault import commands
from cotutor.domain.days import day_shown
from cotutor.domain.duration import in_words, short
from cotutor.domain.errors import Damaged
from cotutor.domain.reflection import Encounter, NextStep, Reflection, SelfRating, Setting, StepState
from cotutor.vault.search import Found, Wanted
from cotutor.vault.standing import Standing

STEP_SIGNS = {StepState.OPEN: "○", StepState.DONE: "✓", StepState.DROPPED: "–"}
"""A shape for each state of a next step, so that colour alone means nothing."""


def counted(count: int, what: str) -> str:
    """So many of something: ``1 reflection``, ``2,000 reflections``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def nothing_written(medium: Medium) -> str:
    """What stands where the reflections would, and how to write the first."""
    return f"Nothing yet. {medium.how(commands.WRITE)} to write your first reflection."


def no_steps(medium: Medium, *, open_only: bool) -> str:
    """What stands where next steps would."""
    return f"No open steps. {medium.how(commands.ADD_STEP)} to add one." if open_only else "None yet."


def nothing_rated(medium: Medium) -> str:
    """What stands where self-ratings would."""
    return f"Nothing rated yet. {medium.how(commands.RATE)}, for instance before a workshop."


def nothing_earlier(medium: Medium) -> str:
    """That there are no earlier versions, and where that is chosen."""
    where = f"{medium.named(commands.SETTINGS)} on the list"
    return f"There are no earlier versions. Whether they are kept is up to you ({where})."


def moment(then: datetime | None, now: datetime) -> str:
    """A moment in the local time of ``now``: ``5 Nov 2026, 10:03``; ``never`` if there was none."""
    if then is None:
        return "never"
    local = then.astimezone(now.tzinfo) if then.tzinfo else then
    return f"{day_shown(local.date())}, {local:%H:%M}"


def standing_line(standing: Standing, now: datetime, *, brief: bool = False) -> str:
    """How many reflections there are and when the vault was last saved, in the local time of ``now``."""
    held = counted(standing.reflections, "reflection")
    if standing.last_saved is None:
        return f"{held}, nothing saved yet"
    saved = moment(standing.last_saved, now)
    return f"Saved {saved}; {standing.reflections} kept" if brief else f"Last saved {saved}  ·  {held}"


def saved_line(standing: Standing, now: datetime) -> str:
    """The same in a sentence's part, to be heard: ``3 reflections, last saved 5 Nov 2026, 10:03``."""
    return f"{counted(standing.reflections, 'reflection')}, last saved {moment(standing.last_saved, now)}"


def database_damaged(problem: str) -> Damaged:
    """The error of a damaged database, with what to do."""
    return Damaged(
        f"The database of this vault is damaged: {problem}. Restore a backup: cotutor vault backup --list,"
        " then cotutor vault restore."
    )


def wanted_line(wanted: Wanted) -> str:
    """What a list of reflections is filtered by."""
    titles = {one.name: one.title for one in templates()}
    parts = (
        f"#{wanted.tag}" if wanted.tag else "",
        titles.get(wanted.template, wanted.template),
        f"with {wanted.alias}" if wanted.alias else "",
        f"from {day_shown(wanted.since)}" if wanted.since else "",
        f"to {day_shown(wanted.until)}" if wanted.until else "",
    )
    return "  ".join(part for part in parts if part)


def first_words(one: Found | Reflection, room: int) -> str:
    """The beginning of what was written, without the template's headings, in one line of ``room`` cells."""
    headings = {heading for each in templates() for heading in (*each.private, *each.shareable)}
    lines = [line.strip() for text in (one.private, one.shareable) for line in text.splitlines()]
    words = next((line for line in lines if line and line not in headings), "(only headings yet)")
    return words if len(words) <= room else f"{words[: room - 1]}…"


def detail(one: Found) -> str:
    """Alias, tags and expiry, as far as there are any."""
    tags = " ".join(f"#{tag}" for tag in one.tags[:3])
    more = f" +{len(one.tags) - 3}" if len(one.tags) > 3 else ""
    expires = f"until {day_shown(one.expires)}" if one.expires else ""
    return "  ".join(part for part in (one.alias, f"{tags}{more}", expires) if part)


def details_line(one: Reflection) -> str:
    """Day, tags, alias, time spent and expiry of a reflection that is being written."""
    parts = (
        day_shown(one.day),
        " ".join(f"#{tag}" for tag in one.tags),
        f"with {one.alias}" if one.alias else "",
        short(one.length) if one.length else "",
        f"erases itself {day_shown(one.expires)}" if one.expires else "",
    )
    return "  ·  ".join(part for part in parts if part)


def version_line(one: Reflection, now: datetime) -> str:
    """When an earlier version was saved, in the local time of ``now``."""
    return f"Saved {moment(datetime.fromtimestamp(one.changed / 1000, now.tzinfo), now)}"


def step_line(step: NextStep, now: datetime) -> tuple[str, str]:
    """A next step with its sign, a ``!`` once its day has come; and by when, or how it ended."""
    overdue = step.due is not None and step.due <= now.date() and step.state is StepState.OPEN
    due = ("due " if overdue else "by ") + day_shown(step.due) if step.due else ""
    state = "" if step.state is StepState.OPEN else str(step.state)
    line = f"{STEP_SIGNS[step.state]}{'!' if overdue else ' '} {step.text}"
    return line, "  ".join(part for part in (due, state) if part)


def encounter_line(one: Encounter) -> tuple[str, str]:
    """Day and length of a meeting; and how, in which part, by which plan."""
    details = "  ".join(part for part in (str(one.setting), f"as {one.role}", one.plan) if part)
    return f"{day_shown(one.day):>11}  {short(one.length):>6}", details


def encounter_sums(lines: list[Encounter]) -> str:
    """How many there were, how long, and how."""
    remote = sum(one.setting is Setting.REMOTE for one in lines)
    whole = in_words(sum(one.length for one in lines)) if lines else ""
    how = f"{len(lines) - remote} in person, {remote} remote" if lines else ""
    return "  ·  ".join(part for part in (counted(len(lines), "encounter"), whole, how) if part)


def rating_line(one: SelfRating) -> str:
    """Day, before and after, and in what."""
    before, after = ("·" if score is None else str(score) for score in (one.before, one.after))
    return f"{day_shown(one.day):>11}  {before:>2} → {after:>2}  {one.topic}"
