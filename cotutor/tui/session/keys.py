"""The keys of a running session."""

from cotutor.conversation.command import Command

KEYS = (
    Command("space", "pause", "Pause", "Pause or go on. Nobody asks why.", shown="space"),
    Command("n", "next", "Next", "Go on to the next phase."),
    Command(
        "plus,equals_sign",
        "more",
        "More",
        "Offer the speaker a minute more; the other is owed the same.",
        shown="+",
    ),
    Command("down", "read(2)", "Read on", "At the close, where not all is in sight: read on.", shown="↓"),
    Command("up", "read(-2)", "Read back", "At the close: read back.", shown="↑", bar=False),
    Command("question_mark", "app.keys", "Help", "What every key does.", shown="?"),
    Command("u", "undo", "Undo", "Undo the last key, for ten seconds."),
    Command("g", "guide", "Guide", "Show or hide open questions: Egan's nine steps, in any order."),
    Command("c", "cue", "Cue", "Show one listening cue, then the next."),
    Command("m", "mode", "Mode", "The speaker asks for another kind of listening."),
    Command(
        "exclamation_mark",
        "explain",
        "Stop & explain",
        "Safety or probity is at stake: stop the clock.",
        shown="!",
    ),
    Command("b,f9", "app.cover", "Cover", "Cover the screen with a plain clock."),
    Command("f", "big", "Big", "Show the clock alone, as large as the window."),
    Command("q", "end", "End", "End early, or leave the close."),
    Command("r", "reflect", "Reflect", "The owner of this computer goes on to write their own reflection."),
    Command("o", "tally", "Tally", "The observer counts what the listener does; gone when it closes."),
    Command("minus", "give_back", "Give back", "The speaker gives a minute back.", shown="-"),
    Command("a", "earlier", "Earlier", "We began a minute ago; press again for each minute more."),
    Command("s", "scratchpad", "Scratchpad", "A few lines for the speaker, wiped at the swap."),
    Command("h", "app.signposts", "Help lines", "Offline help: where to turn."),
    Command(
        "escape",
        "put_away",
        "Put away",
        "Put away the guide, the cue or the scratchpad.",
        shown="esc",
    ),
)
"""The keys of a session, most needed first."""
