"""The keys of a running session."""

from cotutor.tui.keys import Key

KEYS = (
    Key("space", "pause", "Pause", "Pause or go on. Nobody asks why.", shown="space"),
    Key("n", "next", "Next", "Go on to the next phase."),
    Key(
        "plus,equals_sign",
        "more",
        "More",
        "Offer the speaker a minute more; the other is owed the same.",
        shown="+",
    ),
    Key("down", "read(2)", "Read on", "At the close, where not all is in sight: read on.", shown="↓"),
    Key("up", "read(-2)", "Read back", "At the close: read back.", shown="↑", bar=False),
    Key("question_mark", "app.keys", "Help", "What every key does.", shown="?"),
    Key("u", "undo", "Undo", "Undo the last key, for ten seconds."),
    Key("g", "guide", "Guide", "Show or hide open questions: Egan's nine steps, in any order."),
    Key("c", "cue", "Cue", "Show one listening cue, then the next."),
    Key("m", "mode", "Mode", "The speaker asks for another kind of listening."),
    Key(
        "exclamation_mark",
        "explain",
        "Stop & explain",
        "Safety or probity is at stake: stop the clock.",
        shown="!",
    ),
    Key("b,f9", "app.cover", "Cover", "Cover the screen with a plain clock."),
    Key("f", "big", "Big", "Show the clock alone, as large as the window."),
    Key("q", "end", "End", "End early, or leave the close."),
    Key("r", "reflect", "Reflect", "The owner of this computer goes on to write their own reflection."),
    Key("o", "tally", "Tally", "The observer counts what the listener does; gone when it closes."),
    Key("minus", "give_back", "Give back", "The speaker gives a minute back.", shown="-"),
    Key("a", "earlier", "Earlier", "We began a minute ago; press again for each minute more."),
    Key("s", "scratchpad", "Scratchpad", "A few lines for the speaker, wiped at the swap."),
    Key("h", "app.signposts", "Help lines", "Offline help: where to turn."),
    Key(
        "escape",
        "put_away",
        "Put away",
        "Put away the guide, the cue or the scratchpad.",
        shown="esc",
    ),
)
"""The keys of a session, most needed first."""
