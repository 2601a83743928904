"""What a vault is and is not, shown before one is made; what belongs in a reflection, before the first."""

ABOUT = (
    (
        "What it is",
        "An encrypted vault for your own reflections: one person, one passphrase, on this computer only.",
    ),
    (
        "What encryption does",
        (
            "Whoever steals, repairs or copies this computer reads nothing of it without your passphrase:"
            " no word, no date, no tag."
        ),
    ),
    (
        "What it does not do",
        (
            "A court can order notes; encryption is not privilege. While the vault is open, whoever sees the"
            " screen or controls the computer can read along. If you lose the passphrase, nobody can help,"
            " unless you have made a recovery key."
        ),
    ),
    (
        "What belongs in it",
        "What you learned and what you plan. Never patients, never names, never another's story.",
    ),
)
"""Headings with a paragraph each."""

BEFORE_WRITING = (
    ("Courts can require reflections. ", "Write nothing that you could not stand by."),
    ("Learning and plan, ", "not the event: what you took from it, and what you will try."),
    ("Never patients, never names, ", "never what the other person told you. An alias or a role will do."),
    ("Facts belong elsewhere: ", "in the record, or in a report of the incident."),
)
"""The beginning of a sentence, to be set off, and its end."""
TWO_BOXES = (
    "There are two boxes. One is for you alone. The other is for what an appraiser or a supervisor"
    " could see; before it is saved it is looked through for what might name somebody."
)
NOTHING_OF_WHAT_WAS_SAID = "Nothing of what was said, and no name, has a place in the log."
