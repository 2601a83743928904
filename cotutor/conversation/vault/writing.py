"""Writing in the vault: what is being written is kept, encrypted, before it is saved."""

from datetime import date, datetime
from secrets import token_hex

from msgspec.structs import replace

from cotutor.content.templates import template, templates
from cotutor.conversation.vault import answers
from cotutor.conversation.vault.answers import EncounterAnswers
from cotutor.conversation.vault.questions import DISCARD_CHANGES, DISCARD_NEW, Question
from cotutor.domain.errors import CotutorError
from cotutor.domain.identifiers import LIMIT_OF_THE_CHECK, Identifier, identifiers
from cotutor.domain.reflection import BOX_NAMES, STEP_LIMIT, Box, NextStep, Reflection, SelfRating
from cotutor.domain.text import one_line
from cotutor.vault.ratings import new_rating
from cotutor.vault.vault import Vault

__all__ = ["templates"]

LABELS = {
    Box.PRIVATE: f"{BOX_NAMES[Box.PRIVATE]}  · what I learned, felt, will try",
    Box.SHAREABLE: f"{BOX_NAMES[Box.SHAREABLE]}  · no patients, no names",
}
"""What stands over each box: who may read it, and what belongs in it."""
NOT_SAVED = "Not saved; the draft is kept."
MIGHT_NAME = f"“{BOX_NAMES[Box.SHAREABLE]}”: might this name somebody?"
HOW_TO_BEGIN = "How do you want to begin?"
IN_THE_LOG = "Noted in the log."


def is_first(vault: Vault) -> bool:
    """Whether nothing has been written yet, so that one should hear first what belongs in a reflection."""
    standing = vault.standing()
    return not (standing.reflections or standing.drafts)


def new_reflection(now: datetime, template_name: str = "") -> Reflection:
    """A reflection with its template's headings; not kept until it is saved or drafted."""
    chosen = template(template_name)
    return Reflection(
        uid=token_hex(8),
        day=now.date(),
        template=chosen.name,
        created=int(now.timestamp() * 1000),
        private=chosen.outline(Box.PRIVATE),
        shareable=chosen.outline(Box.SHAREABLE),
    )


class ReflectionDraft:
    """One reflection while somebody writes it.

    Args:
        vault: an open vault.
        reflection: as it is to be shown: new, from a draft, or as it was saved.
    """

    def __init__(self, vault: Vault, reflection: Reflection) -> None:
        self._vault = vault
        self.reflection = reflection
        """As it stands; the face puts in what has been typed."""
        self._saved = vault.reflections.get(reflection.uid)
        self._kept = reflection  # the bare outline of a new one needs no keeping

    @property
    def title(self) -> str:
        """What its template is called."""
        return template(self.reflection.template).title

    def write(self, private: str, shareable: str) -> None:
        """Take over what stands in the two boxes."""
        self.reflection = replace(self.reflection, private=private, shareable=shareable)

    def keep(self, now: datetime) -> None:
        """Keep the draft, encrypted, unless the vault has it already.

        Raises:
            CotutorError: it could not be kept.
        """
        if self.reflection == self._kept or self._vault.read_only:
            return
        if self.reflection == self._saved:
            self._vault.reflections.drop_draft(self.reflection.uid)
        else:
            self._vault.reflections.save_draft(self.reflection, now)
        self._kept = self.reflection

    def identifiers(self) -> list[Identifier]:
        """What in the shareable box might name somebody."""
        return identifiers(self.reflection.shareable)

    def refuse_empty(self) -> None:
        """Refuse to save what is not written.

        Raises:
            CotutorError: both boxes are empty.
        """
        if self.reflection.is_empty:
            raise CotutorError("Nothing is written yet.")

    def save(self, now: datetime) -> str:
        """Keep it for good; returns what to show. The writer has looked at what might name somebody.

        Raises:
            DiskFull, ReadOnly, InUse, Damaged, CotutorError: it is as it was before.
        """
        looked_at, typed = bool(self.identifiers()), self.reflection
        self._saved = self._vault.reflections.save(typed, now)
        # The boxes hold what was typed; the vault's text may be a cleaner one.
        self._kept = self.reflection = replace(self._saved, private=typed.private, shareable=typed.shareable)
        if looked_at:
            return "Saved as it is."
        return f"Saved. {LIMIT_OF_THE_CHECK}" if self.reflection.shareable.strip() else "Saved."

    @property
    def question(self) -> Question:
        """What is asked before it is thrown away."""
        return DISCARD_NEW if self._saved is None else DISCARD_CHANGES

    def discard(self) -> None:
        """Throw away what is not saved.

        Raises:
            CotutorError: the draft is still there.
        """
        self._vault.reflections.drop_draft(self.reflection.uid)
        self._kept = self.reflection

    @property
    def step_origin(self) -> str:
        """What a next step notes that comes of it: its uid, once it is saved; nothing before."""
        return "" if self._saved is None else self.reflection.uid


class StepDraft:
    """One next step while somebody writes it.

    Args:
        vault: an open vault.
        step: the step to change; None for a new one.
        reflection: the uid of the saved reflection that a new one came from.
    """

    def __init__(self, vault: Vault, step: NextStep | None = None, reflection: str = "") -> None:
        self._vault = vault
        self.before = step
        """As it was; None for a new one."""
        self._kept = step
        self._reflection = reflection

    def keep(self, text: str, due: str, now: datetime) -> None:
        """Keep what was typed so far; a day that is none yet changes nothing.

        Raises:
            CotutorError: it could not be kept.
        """
        try:
            words, on = answers.step(text, due, now.date())
        except CotutorError:
            words, on = one_line(text, STEP_LIMIT), self._kept.due if self._kept else None
        if words:
            self._put(words, on, now)

    def finish(self, text: str, due: str, now: datetime) -> NextStep:
        """Keep the step as it was typed.

        Raises:
            CotutorError: the words or the day will not do, or it could not be kept.
        """
        return self._put(*answers.step(text, due, now.date()), now)

    def take_back(self, now: datetime) -> None:
        """Put back what was there before anything was typed.

        Raises:
            CotutorError: it could not be done.
        """
        if self.before is not None and self._kept != self.before:
            self._vault.steps.change(self.before, now)
        elif self.before is None and self._kept is not None:
            self._vault.steps.remove(self._kept.uid, now)

    def _put(self, text: str, due: date | None, now: datetime) -> NextStep:
        if self._kept is None:
            self._kept = self._vault.steps.add(text, now, due, self._reflection)
        elif (self._kept.text, self._kept.due) != (text, due):
            self._kept = self._vault.steps.change(replace(self._kept, text=text, due=due), now)
        return self._kept


def log_encounter(vault: Vault, line: EncounterAnswers, now: datetime) -> str:
    """Keep a line of the log that was filled in; returns what to show.

    Raises:
        CotutorError: it could not be kept.
    """
    vault.encounters.add(line.length, now, setting=line.setting, role=line.role, plan=line.plan, day=line.day)
    return IN_THE_LOG


def blank_rating(now: datetime) -> SelfRating:
    """A self-rating to be filled in."""
    return new_rating("", now)
