"""What is asked before something is lost, and what is shown once it has been done."""

from typing import NamedTuple

from cotutor.conversation.vault.wording import counted


class Question(NamedTuple):
    """A question that is answered with yes or no; no is the usual answer."""

    text: str
    yes: str
    """One or two words for doing it."""
    done: str = ""
    """What to show afterwards."""


FORGET_ONE = Question(
    "Erase this reflection for good, with its earlier versions and its next steps? The rest of the vault"
    " moves to a fresh key, and one fresh backup takes the place of all its backups. Copies that you"
    " made elsewhere stay.",
    "Erase it",
    "Erased.",
)
FORGET_ALL = Question(
    "Erase every reflection, draft and step that came of one, and this vault's own backups? The rest"
    " moves to a fresh key. There is no way back.",
    "Erase them all",
    "Erased, with the vault's own backups. Copies elsewhere are yours to delete.",
)
ERASE_LOG = Question(
    "Erase the whole encounter log? Reflections, steps and ratings stay as they are.",
    "Erase the log",
    "The log is empty.",
)
DELETE_ENCOUNTER = Question("Delete this line of the log?", "Delete it")
DELETE_STEP = Question("Delete this step?", "Delete it")
DELETE_RATING = Question("Delete this self-rating?", "Delete it")
ERASE_HISTORY = Question("Erase the earlier versions that were kept?", "Erase them")
REMOVE_RECOVERY = Question(
    "Remove the recovery key? If you forget the passphrase, nothing opens the vault then.",
    "Remove it",
    "The recovery key has ended. Backups and older copies of the key file still open with it; change the"
    " passphrase and re-encrypt, and they open nothing that is written from then on.",
)
DISCARD_CHANGES = Question("Throw away what you have changed since it was saved?", "Throw away")
DISCARD_NEW = Question("Throw this reflection away? It has never been saved.", "Throw away")
LOSE = Question("What you wrote last could not be kept. Go all the same, and lose it?", "Lose it")


def forgetting(count: int) -> str:
    """The question before so many reflections are deleted."""
    return f"Delete {counted(count, 'reflection')} for good? This cannot be undone."
