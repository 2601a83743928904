"""The commands of the vault: each declared once, with its key, its typed word and its help.

A tuple holds the commands of one page or sheet, most needed first.
"""

from typing import Any

from cotutor.conversation import everywhere
from cotutor.conversation.command import Command
from cotutor.conversation.everywhere import BACK, COVER_BY_F9, HELP_WHILE_TYPING, NEXT_FIELD
from cotutor.conversation.vault.places import problem_of_making

HELP = everywhere.HELP._replace(key="question_mark,f1")
_TO_REFLECTIONS = BACK._replace(help="Back to the reflections.", word="back")
_HOME = Command("escape,q", "app.home", "Home", "Go home; nothing is made.", shown="esc", word="home")
_SHOW = Command("f2", "show", "Show", "Show or hide what you type.")
_STEP_BACK = Command("escape", "back", "Back", "Go back.", shown="esc", word="back")

ANYWHERE = (
    Command(
        "ctrl+l",
        "lock",
        "Lock",
        "Keep what is written and lock, at once.",
        bar=False,
        priority=True,
        word="lock",
    ),
    COVER_BY_F9._replace(name="cover", priority=True),
    Command("ctrl+z", "stop", "Stop", "Lock, and go back to the shell until you type fg.", bar=False),
)
"""What works everywhere while the vault is the face's business."""


def _can_be_made(folder: Any) -> bool:
    return not problem_of_making(folder)


ABOUT = (
    Command(
        "enter",
        "make",
        "Make a vault",
        "Make the folder and choose a passphrase.",
        word="make",
        when=_can_be_made,
    ),
    _HOME,
    HELP,
)
"""Before a vault is made; ``when`` is asked with the folder that it would be in."""
BEFORE_WRITING = (
    Command("enter", "go_on", "Write", "Go on to the first reflection.", word="write"),
    BACK._replace(word="back"),
    HELP_WHILE_TYPING._replace(key="f1,question_mark", shown="f1"),
)
UNLOCKING = (
    Command("enter", "unlock", "Unlock", "Open the vault."),
    Command(
        "ctrl+r",
        "other_way",
        "Recovery key",
        "Type the recovery key from paper, or the passphrase again.",
        word="recovery",
    ),
    _SHOW,
    Command("escape", "app.home", "Home", "Go home; the vault stays locked.", shown="esc", word="home"),
    HELP_WHILE_TYPING,
)
CHOOSING_PASSPHRASE = (
    Command("enter", "go_on", "Go on", "Take this passphrase and go on."),
    Command("ctrl+r", "draw", "Other words", "Draw six other words.", word="draw"),
    Command(
        "ctrl+o", "own", "My own", "Choose your own passphrase, or take the words after all.", word="own"
    ),
    _SHOW,
    Command("escape", "back", "Back", "Go a step back.", shown="esc", word="back"),
    HELP_WHILE_TYPING,
)

STEPS = Command("s", "steps", "Next steps", "What you mean to do.", word="steps")
SETTINGS = Command("v", "settings", "Vault", "Locking, backups, recovery key, passphrase.", word="vault")
LOCK = Command("ctrl+l", "app.lock", "Lock", "Lock the vault at once.", word="lock")
LOCK_AND_KEEP = LOCK._replace(help="Keep the draft and lock at once.")
WRITE = Command("n", "write", "New", "Write a new reflection.", word="new")
ADD_STEP = Command("n", "add", "New", "Add a next step.", word="new")
RATE = Command("n", "add", "New", "Rate yourself in something.", word="new")
REFLECTIONS = (
    Command("enter", "open", "Open", "Open the reflection that is marked.", word="open", example="open 3"),
    WRITE,
    Command(
        "slash",
        "search",
        "Search",
        "Type words to look for; esc leaves the field.",
        shown="/",
        word="search",
        example="search silence",
    ),
    Command(
        "f", "filter", "Filter", "Show one tag, one template, one person's, or some days only.", word="filter"
    ),
    STEPS,
    Command("e", "encounters", "Encounters", "The log: when, how long, nothing else.", word="encounters"),
    Command("r", "ratings", "Ratings", "How you rate yourself, before and after.", word="ratings"),
    SETTINGS,
    Command(
        "x,delete",
        "forget",
        "Forget",
        "Erase the marked reflection for good.",
        shown="x",
        word="forget",
        example="forget 3",
        whole=True,
    ),
    LOCK,
    Command(
        "escape,q",
        "leave_search_or_go",
        "Home",
        "Leave the search; then shut the vault and go home.",
        shown="esc",
        word="home",
    ),
    HELP,
)
WRITING = (
    Command("ctrl+s", "save", "Save", "Save it; the second box is looked through first.", word="save"),
    Command(
        "escape",
        "leave",
        "Leave",
        "Back to the list; what isn't saved stays as a draft.",
        shown="esc",
        word="leave",
    ),
    Command("tab", "app.focus_next", "Other box", "Go to the other box.", word="box"),
    Command("f2", "details", "Details", "Day, tags, alias, time spent, day to erase it.", word="details"),
    Command("f3", "marks", "Marks", "What in the second box might name somebody, and why.", word="marks"),
    Command("f4", "add_step", "Next step", "Note something that you mean to do.", word="step"),
    Command("f5", "history", "Earlier", "Earlier versions, if you keep them.", word="earlier"),
    Command("f8", "discard", "Discard", "Throw the draft away.", word="discard", whole=True),
    LOCK_AND_KEEP,
    HELP_WHILE_TYPING,
)
CHOOSING_TEMPLATE = (
    Command("enter", "choose", "Begin", "Begin with these headings; change or delete them as you like."),
    Command("escape", "dismiss", "Cancel", "Go back.", shown="esc", word="cancel"),
)
CHANGE_IT = Command(
    "escape,enter", "answer(False)", "Change it", "Go back to the text.", shown="esc", word="change"
)
MARKS = (
    CHANGE_IT,
    Command("s", "answer(True)", "Save as it is", "You have looked, and it may stay.", word="save"),
)
FORM = (
    Command("ctrl+s", "keep_it", "Keep", "Keep what stands here.", word="keep"),
    Command("escape", "cancel", "Cancel", "Go back; nothing changes.", shown="esc", word="cancel"),
    NEXT_FIELD,
)

NEXT_STEPS = (
    Command(
        "enter",
        "change",
        "Change",
        "Change the words or the day of the marked step.",
        word="change",
        example="change 2",
    ),
    ADD_STEP,
    Command("d", "settle('done')", "Done", "It is done.", word="done", example="done 2"),
    Command(
        "p",
        "settle('dropped')",
        "Drop",
        "You won't do it; it stays on record as dropped.",
        word="drop",
        example="drop 2",
    ),
    Command("o", "settle('open')", "Open", "Open it again.", word="open", example="open 2"),
    Command("a", "all", "All / open", "Show all, or only those that are open.", word="all"),
    Command(
        "x,delete",
        "remove",
        "Delete",
        "Delete the marked step.",
        shown="x",
        word="delete",
        example="delete 2",
        whole=True,
    ),
    _TO_REFLECTIONS,
    HELP,
)
ENCOUNTERS = (
    Command("n", "add", "New", "Add an encounter by hand.", word="new"),
    Command(
        "x,delete",
        "remove",
        "Delete",
        "Delete the marked line.",
        shown="x",
        word="delete",
        example="delete 2",
        whole=True,
    ),
    Command("e", "erase", "Erase log", "Erase the whole log and nothing else.", word="erase", whole=True),
    _TO_REFLECTIONS,
    HELP,
)
RATINGS = (
    Command(
        "enter",
        "change",
        "Change",
        "Fill in the marked one, such as how it is afterwards.",
        word="change",
        example="change 2",
    ),
    RATE,
    Command(
        "x,delete",
        "remove",
        "Delete",
        "Delete the marked one.",
        shown="x",
        word="delete",
        example="delete 2",
        whole=True,
    ),
    _TO_REFLECTIONS,
    HELP,
)


def _has_recovery(vault: Any) -> bool:
    return bool(vault.has_recovery)


def _has_no_recovery(vault: Any) -> bool:
    return not vault.has_recovery


VAULT = (
    Command("enter", "choose", "Choose", "Do what the marked line says."),
    Command("tab", "app.focus_next", "Next row", "Go to the next row; the arrow keys choose in it."),
    _TO_REFLECTIONS,
    HELP,
)
LOOKING_AFTER = (
    Command("", "back_up", "Back up now", "a copy that is opened once before it counts", word="backup"),
    Command("", "backups", "Backups", "those there are, to be tried", word="backups"),
    Command(
        "",
        "recovery",
        "Make a recovery key",
        "on paper, shown once",
        word="recovery",
        when=_has_no_recovery,
    ),
    Command(
        "",
        "recovery",
        "Replace the recovery key",
        "on paper, shown once",
        word="recovery",
        when=_has_recovery,
    ),
    Command(
        "",
        "remove_recovery",
        "Remove the recovery key",
        "only the passphrase opens it then",
        word="unrecover",
        whole=True,
        when=_has_recovery,
    ),
    Command("", "rehearse", "Rehearse the passphrase", "type it from memory", word="rehearse"),
    Command("", "change", "Change the passphrase", "or change and re-encrypt", word="passphrase"),
    Command(
        "",
        "forget_all",
        "Erase every reflection",
        "with their steps; log and ratings stay",
        word="erase",
        whole=True,
    ),
)
"""What can be done with an open vault: lines of a menu on the full screen; ``when`` is asked with the vault."""
TYPING_RECOVERY_KEY = (
    Command("enter", "go_on", "Go on", "You have written it down; then: you have typed it back."),
    _SHOW,
    _STEP_BACK,
    HELP_WHILE_TYPING,
)
REHEARSING = (
    Command("enter", "try_it", "Try", "See whether it is right."),
    _SHOW,
    _STEP_BACK,
    HELP_WHILE_TYPING,
)
BACKUPS = (
    Command(
        "enter",
        "try_it",
        "Try",
        "Open the marked backup with its passphrase, check it and count.",
        word="try",
        example="try 2",
    ),
    _SHOW,
    _STEP_BACK,
    HELP_WHILE_TYPING,
)
