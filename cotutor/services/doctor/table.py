"""Everything that the doctor can find, in the order in which it is listed.

A key names one thing that can be found; its row has the name under which it is shown, what it means
for the person, the sentence, and the advice. ``{...}`` stands for what was found here.
"""

from collections.abc import Iterable

from cotutor.services.doctor.finding import Finding, State

_PROTECTS, _DOES_NOT, _UNKNOWN, _NOTE = State.PROTECTS, State.DOES_NOT, State.UNKNOWN, State.NOTE
_OPEN_TO_ADMINISTRATORS = "An administrator can still read it, and so can a program that runs as one."

TABLE = {
    # The program itself
    "guard": Finding(
        "guard",
        _PROTECTS,
        "A second process that knows nothing waits beside the program. If the program is killed, it wipes"
        " the screen; if you lock the vault, it starts a fresh program that knows nothing either.",
    ),
    "no guard": Finding(
        "guard",
        _DOES_NOT,
        "This system cannot keep a second process beside the program: if the program is killed, its last"
        " picture may stay on the screen.",
        "Close the terminal's window if the program ever ends by force.",
    ),
    "fence not tried": Finding(
        "fence",
        _UNKNOWN,
        "What the program is refused on this computer could not be tried out.",
        "Close other programs and try again.",
    ),
    "core files": Finding(
        "crashes", _PROTECTS, "If the program crashes, no copy of its memory is written to the disk."
    ),
    "no core files": Finding(
        "crashes",
        _DOES_NOT,
        "If the program crashes, the system may write a copy of its memory to the disk: it {detail}.",
        "Switch off crash reports for your account.",
    ),
    "memory": Finding("memory", _PROTECTS, f"The program's memory is {{detail}}. {_OPEN_TO_ADMINISTRATORS}"),
    "no memory": Finding(
        "memory",
        _DOES_NOT,
        "Other programs of yours can read this program's memory while it runs: {detail}.",
        "Keep the computer free of programs you do not trust.",
    ),
    "audit hook": Finding(
        "own refusal",
        _PROTECTS,
        "The program refuses itself every network connection, every other program, and every file but those"
        " it was asked to keep.",
    ),
    "no audit hook": Finding(
        "own refusal", _DOES_NOT, "The program could not be made to refuse anything to itself ({detail})."
    ),
    "Landlock": Finding(
        "kernel, files",
        _PROTECTS,
        "The system's kernel keeps the program to the folders it needs (Landlock, {detail}).",
    ),
    "no Landlock": Finding(
        "kernel, files",
        _DOES_NOT,
        "The system does not keep the program to its folders: {detail}.",
        "The program's own refusal still holds. Linux 5.13 and later can do more.",
    ),
    "seccomp": Finding(
        "kernel, network",
        _PROTECTS,
        "The system's kernel refuses the program the network and other programs (seccomp).",
    ),
    "no seccomp": Finding(
        "kernel, network",
        _DOES_NOT,
        "The system does not refuse the program the network: {detail}.",
        "The program's own refusal still holds.",
    ),
    # What it keeps
    "new files": Finding("new files", _PROTECTS, "What the program keeps can be read by your account only."),
    "new files as their folder": Finding(
        "new files",
        _UNKNOWN,
        "What the program keeps has the permissions of the folder it is in.",
        "Keep the vault inside your own user folder.",
    ),
    "vault closed to others": Finding(
        "vault", _PROTECTS, "There is a vault in {folder}, which only your account may open."
    ),
    "vault open to others": Finding(
        "vault",
        _DOES_NOT,
        "There is a vault in {folder}, and other accounts on this computer may open {places}."
        " What they find is encrypted.",
        "If these are yours: chmod -R go= {quoted}",
    ),
    "vault": Finding("vault", _NOTE, "There is a vault in {folder}."),
    "no vault": Finding("vault", _NOTE, "There is no vault in {folder}."),
    "vault not seen": Finding(
        "vault",
        _UNKNOWN,
        "{folder} could not be looked into ({problem}).",
        "Look from the account that it belongs to.",
    ),
    "cloud": Finding(
        "cloud",
        _DOES_NOT,
        "The vault's folder is, or would be, inside {service}. Only encrypted bytes would be copied, but old"
        " copies outlive what you erase, and a half-copied vault is a damaged one.",
        "Keep the vault in a folder that is not synchronised, and copy backups instead.",
    ),
    # The computer
    "swap not seen": Finding(
        "swap",
        _UNKNOWN,
        "Whether this system moves memory to the disk unencrypted cannot be seen from here.",
        "macOS encrypts it by itself; on Windows, switch on BitLocker.",
    ),
    "no swap": Finding("swap", _PROTECTS, "This computer moves no memory to the disk (hibernation aside)."),
    "harmless swap": Finding(
        "swap", _PROTECTS, "What this computer moves out of memory stays encrypted or in memory."
    ),
    "swap": Finding(
        "swap",
        _DOES_NOT,
        "This computer moves memory to the disk, and as far as can be seen not encrypted: what you typed may"
        " stay there.",
        "Encrypt the swap area or, better, the whole disk.",
    ),
    "disk": Finding(
        "disk",
        _UNKNOWN,
        "Whether the whole disk is encrypted cannot be seen from here. The vault is encrypted in any case.",
        "Switch on {how}: it also covers hibernation and what other programs leave behind.",
    ),
    "crash reports": Finding(
        "crash reports",
        _NOTE,
        "When a program crashes, this computer hands its memory to {reporter}. This program is exempt, but"
        " the terminal is not.",
    ),
    "watching": Finding(
        "watching",
        _NOTE,
        "On this computer any program of yours may watch your other programs, such as the terminal.",
        "An administrator can set kernel.yama.ptrace_scope to 1.",
    ),
    "no watching": Finding(
        "watching", _PROTECTS, "Your programs may not watch each other without being asked to."
    ),
    # The terminal
    "multiplexer": Finding(
        "{name}",
        _DOES_NOT,
        "{name} keeps what is on the screen in its own memory, and whoever can reach it can look or record."
        " The program wipes its rows before it ends, so nothing stays in the scrollback.",
        "For private reflections use a terminal without {name}.",
    ),
    "SSH": Finding(
        "SSH",
        _NOTE,
        "You are working on another computer. It sees what you type, and its administrator can.",
        "Write reflections only on a computer of your own.",
    ),
    "recording": Finding(
        "recording",
        _UNKNOWN,
        "Whether the screen is recorded (script, asciinema, a shared screen, a camera) cannot be seen from here.",
        "Share a single window in a call, and not this one.",
    ),
    "no terminal": Finding(
        "terminal",
        _NOTE,
        "There is no terminal at standard {missing}, so the full screen would refuse to start.",
        "Start it in a terminal, or use --plain.",
    ),
    "terminal of lines": Finding(
        "terminal",
        _NOTE,
        "The terminal calls itself {named}, which promises only lines of text.",
        "Use --plain.",
    ),
    "old console": Finding(
        "terminal",
        _NOTE,
        "This is not Windows Terminal, and older consoles show the full screen badly.",
        "Use Windows Terminal, or --plain.",
    ),
    "terminal": Finding("terminal", _NOTE, "The terminal calls itself {named}."),
    "too small": Finding(
        "size",
        _NOTE,
        "The terminal has {columns} columns and {rows} rows, which is too small.",
        "Make it at least {least_columns} by {least_rows}.",
    ),
    "small": Finding(
        "size",
        _NOTE,
        "The terminal has {columns} columns and {rows} rows: enough for a reduced picture.",
        "Everything is shown from {full_columns} by {full_rows}.",
    ),
    "large enough": Finding(
        "size", _NOTE, "The terminal has {columns} columns and {rows} rows, which is enough."
    ),
    "bell": Finding(
        "bell",
        _UNKNOWN,
        "Whether you hear the bell is up to the terminal; no program can tell.{because}",
        "Use the sound check before the session. Every signal is also given in words.",
    ),
    "colours not wanted": Finding("colours", _NOTE, "NO_COLOR is set, so nothing is said by colour."),
    "colours": Finding(
        "colours", _NOTE, "The terminal says it can show {shown}. Nothing is said by colour alone."
    ),
    # What is installed
    "no plans": Finding(
        "own plans", _NOTE, "You have no plans or prompts of your own. They would be in {folder}."
    ),
    "plans open to others": Finding(
        "own plans",
        _DOES_NOT,
        "Your own plans and prompts are read from {folder}, and other accounts on this computer may change"
        " {places}.",
        "If these folders are yours: chmod -R go-w {quoted}",
    ),
    "plans": Finding(
        "own plans", _NOTE, "Your own plans and prompts are read from {folder}. They are not secret."
    ),
    "plans not seen": Finding(
        "own plans",
        _UNKNOWN,
        "{folder} could not be looked into ({problem}).",
        "Look from the account that it belongs to.",
    ),
    "not compiled": Finding(
        "start",
        _NOTE,
        "{part} is not compiled in advance, so the program starts up to four times as slowly."
        " It does not do so itself, because a session writes no file.",
        "Once, run: python -m compileall -q '{folder}'",
    ),
    "versions": Finding("versions", _NOTE, "{parts}."),
    # Tried last, because it takes seconds
    "passphrase": Finding(
        "passphrase",
        _PROTECTS,
        "One guess at a passphrase takes {seconds:.1f} seconds and {memory} MiB of memory here.",
    ),
    "passphrase on a fast computer": Finding(
        "passphrase",
        _PROTECTS,
        "One guess at a passphrase takes {seconds:.1f} seconds and {memory} MiB of memory here.",
        "This computer is fast, and so is a guesser's: use at least six random words.",
    ),
    "passphrase not tried": Finding(
        "passphrase", _DOES_NOT, "{problem}", "Close other programs and try again."
    ),
}


def found(key: str, **details: object) -> Finding:
    """The finding of one key, with what was found here put into its words."""
    name, state, sentence, advice = TABLE[key]
    return Finding(name.format(**details), state, sentence.format(**details), advice.format(**details))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the table, in which a multiplexer stands for any of them."""
    names = [row.name for row in TABLE.values()]
    anywhere = names.index(TABLE["multiplexer"].name)
    return tuple(
        sorted(
            findings,
            key=lambda finding: names.index(finding.name) if finding.name in names else anywhere,
        )
    )
