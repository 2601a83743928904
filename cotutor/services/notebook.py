"""One person's notebook: everything that is done with an open vault.

Text is cleaned here, before anything is stored. Time comes in as the wall clock's ``now``.
"""

from datetime import UTC, date, datetime
from secrets import token_hex

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

from cotutor.content.templates import template
from cotutor.domain.duration import MINUTE
from cotutor.domain.errors import CotutorError
from cotutor.domain.identifiers import Identifier, identifiers
from cotutor.domain.reflection import (
    BOX_NAMES,
    TEXT_LIMIT,
    Box,
    Encounter,
    Entry,
    NextStep,
    Part,
    Reflection,
    SelfRating,
    Setting,
    StepState,
    cleaned,
    tags_in,
)
from cotutor.vault.search import Found, Wanted, search
from cotutor.vault.vault import Vault


class Standing(Struct, frozen=True):
    """How a vault stands just after it was unlocked."""

    reflections: int
    last_saved: datetime | None
    """In UTC. An older date than the writer remembers means that an old copy was put back."""
    damage: str | None
    """What is wrong, in words; then the vault is read-only and a restore should be offered."""
    read_only: bool
    key_file_whole: bool
    """If not: a new passphrase mends the key file."""
    has_recovery: bool
    drafts: int


class Notebook:
    """An open vault as screens and commands use it. ``custody.unlock`` makes one."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.erased = 0
        """How many reflections expired and were erased when the vault was unlocked."""

    @property
    def read_only(self) -> bool:
        """Nothing can be changed."""
        return self.vault.read_only

    @property
    def keeps_history(self) -> bool:
        """Earlier versions are kept when a reflection is saved."""
        return bool(self.vault.store.setting("history"))

    def keep_history(self, now: datetime, *, wanted: bool) -> None:
        """Begin to keep earlier versions, or stop and erase those that were kept."""
        self.vault.store.set("history", wanted or None)
        if not wanted:
            self.vault.store.erase_history(milliseconds(now))

    def standing(self) -> Standing:
        """How the vault stands."""
        saved = self.vault.store.last_saved()
        return Standing(
            reflections=self.vault.store.count(),
            last_saved=None if saved is None else datetime.fromtimestamp(saved / 1000, UTC),
            damage=self.vault.damage,
            read_only=self.read_only,
            key_file_whole=self.vault.key_file_whole,
            has_recovery=self.vault.has_recovery,
            drafts=len(self.vault.store.drafts()),
        )

    def close(self) -> None:
        """Lock the vault."""
        self.vault.close()

    # Writing

    def begin(self, now: datetime, template_name: str = "") -> Reflection:
        """A new reflection with its template's headings; not kept until it is saved or drafted."""
        chosen = template(template_name)
        return Reflection(
            uid=token_hex(8),
            day=now.date(),
            template=chosen.name,
            created=milliseconds(now),
            private=chosen.outline(Box.PRIVATE),
            shareable=chosen.outline(Box.SHAREABLE),
        )

    def save(self, reflection: Reflection, now: datetime) -> Reflection:
        """Keep a reflection and drop its draft; what is returned is what was kept.

        Raises:
            DiskFull, ReadOnly, InUse, Damaged, CotutorError: it is as it was before.
        """
        _refuse_overlong(reflection)
        moment = milliseconds(now)
        kept = replace(cleaned(reflection), changed=moment, created=reflection.created or moment)
        self.vault.store.save(_valid(kept), moment, history=self.keeps_history)
        return kept

    def save_draft(self, reflection: Reflection, now: datetime) -> None:
        """Keep what is being written, encrypted, without touching the saved version.

        Raises:
            DiskFull, ReadOnly, InUse, Damaged, CotutorError: the earlier draft is unchanged.
        """
        _refuse_overlong(reflection)
        self.vault.store.save_draft(_valid(cleaned(reflection)), milliseconds(now))

    def drafts(self) -> list[Reflection]:
        """Unfinished writing, the latest first."""
        return self.vault.store.drafts()

    def drop_draft(self, uid: str) -> None:
        """Throw a draft away."""
        self.vault.store.drop_draft(uid)

    def check_text(self, text: str) -> list[Identifier]:
        """What in a text might identify somebody; see ``identifiers.LIMIT_OF_THE_CHECK``."""
        return identifiers(text)

    # Reading

    def reflection(self, uid: str) -> Reflection | None:
        """One reflection, or None if it is gone."""
        return self.vault.store.reflection(uid)

    def search(self, wanted: Wanted, *, limit: int = 50, offset: int = 0) -> list[Found]:
        """The newest reflections that fit; an empty ``Wanted`` lists them all."""
        wanted = replace(wanted, tag=next(iter(tags_in(wanted.tag)), ""))
        return search(self.vault.store.connection, wanted, limit=limit, offset=offset)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag and how many reflections carry it."""
        return self.vault.store.tags()

    def history(self, uid: str) -> list[Reflection]:
        """Earlier versions, the latest first; empty unless the preference is on."""
        return self.vault.store.history(uid)

    # Next steps

    def add_step(self, text: str, now: datetime, due: date | None = None, reflection: str = "") -> NextStep:
        """Keep a next step.

        Raises:
            CotutorError: there is no text; ReadOnly, DiskFull, Damaged: it was not kept.
        """
        moment = milliseconds(now)
        step = NextStep(
            token_hex(8), text, due=due, reflection=reflection or None, created=moment, changed=moment
        )
        return self._put_step(step, moment)

    def change_step(self, step: NextStep, now: datetime) -> NextStep:
        """Keep a changed next step: its text, day or state."""
        moment = milliseconds(now)
        return self._put_step(replace(step, changed=moment), moment)

    def remove_step(self, uid: str, now: datetime) -> None:
        """Delete a next step."""
        self.vault.store.drop(NextStep, uid, milliseconds(now))

    def steps(self, *, open_only: bool = False) -> list[NextStep]:
        """Next steps by the day they are due, those without one last."""
        return self.vault.store.steps(open_only=open_only)

    def due_steps(self, today: date) -> list[NextStep]:
        """Open steps whose day has come."""
        return [step for step in self.steps(open_only=True) if step.due is not None and step.due <= today]

    def settle_step(self, uid: str, state: StepState, now: datetime) -> NextStep | None:
        """Mark a step as open, done or dropped; None if it is gone."""
        step = self.vault.store.step(uid)
        return None if step is None else self.change_step(replace(step, state=state), now)

    # The encounter log and self-ratings

    def log_encounter(
        self,
        length: int,
        now: datetime,
        *,
        setting: Setting = Setting.IN_PERSON,
        role: Part = Part.PEER,
        plan: str = "",
        day: date | None = None,
    ) -> Encounter:
        """Note that a meeting took place, and nothing of what was said.

        Args:
            length: in milliseconds.
            now: the moment of noting it.
            setting: in person or remote.
            role: the writer's part.
            plan: the plan's name, if there was one.
            day: when they met; today if left out.
        """
        encounter = Encounter(
            token_hex(8), day or now.date(), max(0, min(length, 24 * 60 * MINUTE)), setting, role, plan
        )
        encounter = _valid(cleaned(encounter))
        self.vault.store.put(encounter, milliseconds(now))
        return encounter

    def encounters(self) -> list[Encounter]:
        """The log, oldest first."""
        return self.vault.store.encounters()

    def remove_encounter(self, uid: str, now: datetime) -> None:
        """Delete one line of the log."""
        self.vault.store.drop(Encounter, uid, milliseconds(now))

    def erase_encounters(self, now: datetime) -> None:
        """Erase the log and nothing else."""
        self.vault.store.erase_encounters(milliseconds(now))

    def rate(self, rating: SelfRating, now: datetime) -> SelfRating:
        """Keep a self-rating, new or changed; ``new_rating`` makes one."""
        rating = _valid(cleaned(rating))
        self.vault.store.put(rating, milliseconds(now))
        return rating

    def new_rating(self, topic: str, now: datetime, before: int | None = None) -> SelfRating:
        """A self-rating that is not kept yet."""
        return SelfRating(token_hex(8), now.date(), topic, before=before)

    def ratings(self) -> list[SelfRating]:
        """Self-ratings, oldest first."""
        return self.vault.store.ratings()

    def remove_rating(self, uid: str, now: datetime) -> None:
        """Delete a self-rating."""
        self.vault.store.drop(SelfRating, uid, milliseconds(now))

    def _put_step(self, step: NextStep, moment: int) -> NextStep:
        step = _valid(cleaned(step))
        self.vault.store.put(step, moment)
        return step


def milliseconds(now: datetime) -> int:
    """A moment as the vault keeps it: milliseconds since 1970 in UTC."""
    return int(now.timestamp() * 1000)


def _refuse_overlong(reflection: Reflection) -> None:
    """Too long a text is refused, not cut: what the writer sees is what is kept."""
    for box, text in ((Box.PRIVATE, reflection.private), (Box.SHAREABLE, reflection.shareable)):
        if len(text) > TEXT_LIMIT:
            raise CotutorError(
                f"“{BOX_NAMES[box]}” holds more than {TEXT_LIMIT:,} characters, the most that fits. Nothing"
                " was kept; take some out, or make two reflections of it."
            )


def _valid(entry: Entry) -> Entry:
    """The entry, once it keeps to its type's bounds."""
    try:
        return convert(to_builtins(entry), type(entry))
    except ValidationError as error:
        place = str(error).rpartition("$.")[2].rstrip("`") or "entry"
    raise CotutorError(f"This cannot be kept: the {place} is empty, too long or outside its range.")
