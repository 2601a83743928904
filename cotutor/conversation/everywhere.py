"""Commands that mean the same wherever there are any: to cover, to read help, to choose colours, to go.

A screen takes them as they are, or with another key where letters are typed.
"""

from cotutor.conversation.command import Command

COVER = Command("b,f9", "app.cover", "Cover", "Cover the screen with a plain clock.")
COVER_BY_F9 = COVER._replace(key="f9", bar=False)
COVER_AT_ANY_TIME = COVER._replace(
    key="ctrl+l",
    name="cover",
    help="Cover the screen with a plain clock, even while typing.",
    bar=False,
    priority=True,
)
HELP = Command("question_mark", "app.keys", "Help", "What every key does.", shown="?", word="help")
HELP_WHILE_TYPING = HELP._replace(key="f1", shown="")
SIGNPOSTS = Command("h", "app.signposts", "Help lines", "Offline help: where to turn.", word="signposts")
COLOURS = Command("t", "app.next_theme", "Colours", "Dark, light or high contrast.")
COLOURS_WHILE_TYPING = COLOURS._replace(key="ctrl+t", name="next_theme", bar=False)
PALETTE = Command("ctrl+p", "command_palette", "Palette", "Find a command by its name.", bar=False)
NO_PALETTE = PALETTE._replace(name="nothing", label="Nothing", help="There is no palette here.")
"""On a screen over which nothing may come."""
QUIT = Command("q", "app.leave", "Quit", "Leave the program.")
QUIT_AT_ANY_TIME = QUIT._replace(key="ctrl+q", name="leave", bar=False, priority=True)
BACK = Command("escape,q", "step_back", "Back", "Go back.", shown="esc")
NEXT_FIELD = Command(
    "tab", "app.focus_next", "Next field", "Go to the next field; the arrow keys choose in it."
)
