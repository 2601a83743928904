"""Remove the environment variables that would make the program write or show something.

``TEXTUAL_LOG`` writes every key to a file, ``TEXTUAL_SCREENSHOT`` draws the screen into one,
``PYTHONINSPECT`` opens a prompt after the last line of the program
(https://docs.python.org/3/using/cmdline.html#environment-variables). Textual's are read
when it is imported, so removing them before is enough. Python's have acted before the first line of
this program runs, so the program starts itself again without them.
"""

# Importing pathlib would cost more time than everything this module does.
# ruff: noqa: PTH118, PTH120

import os
import sys
from collections.abc import Mapping, Sequence

_MARK = "COTUTOR_STARTED_AGAIN"

_SIZE = frozenset({"COLUMNS", "LINES"})
"""An exported size would be wrong after a resize; the terminal itself is asked."""

_WHERE_PYTHON_IS = frozenset(
    {
        "PYTHONHOME",
        "PYTHONUSERBASE",
        "PYTHONPLATLIBDIR",
        "PYTHONEXECUTABLE",
        "PYTHONNOUSERSITE",
        "PYTHONSAFEPATH",
    }
)
"""Needed, or wanted by somebody careful, to find the same interpreter and library again."""

_HARMLESS = _WHERE_PYTHON_IS | {
    "PYTHONCOERCECLOCALE",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "PYTHONIOENCODING",
    "PYTHONMALLOC",
    "PYTHONPYCACHEPREFIX",
    "PYTHONUNBUFFERED",
    "PYTHONUTF8",
}
"""These change neither what is written nor what is shown, so they are not worth a second start."""


def scrub() -> None:
    """Make the environment clean and new files private, before anything else is imported.

    Takes ``TEXTUAL*``, ``PYTHON*``, ``COLUMNS`` and ``LINES`` out of the environment and sets the
    file mask to 077. If one of the variables has already acted on the interpreter, the program is
    started again without it, once: this call then does not return.
    """
    os.umask(0o077)
    mark = os.environ.pop(_MARK, "")
    started_again = mark in {str(os.getpid()), str(os.getppid())}
    if not started_again and acting(os.environ) and not sys.flags.ignore_environment:
        _start_again()
    for name in [*os.environ]:
        if _is_ours_to_remove(name):
            del os.environ[name]


def acting(environ: Mapping[str, str]) -> frozenset[str]:
    """The variables in ``environ`` that have changed how this interpreter works.

    Unknown ``PYTHON*`` variables count: a newer Python may have given them a meaning.
    """
    harmless = _HARMLESS | {"PYTHONPATH"} if _found_through(environ.get("PYTHONPATH", "")) else _HARMLESS
    return frozenset(name for name in environ if name.startswith("PYTHON") and name not in harmless)


def _is_ours_to_remove(name: str) -> bool:
    return name.startswith(("TEXTUAL", "PYTHON")) or name in _SIZE


def _found_through(path: str) -> bool:
    """Whether this package would not be found without ``path``, the value of PYTHONPATH."""
    home = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
    return any(os.path.realpath(folder) == home for folder in path.split(os.pathsep) if folder)


def _can_be_repeated(executable: str, arguments: Sequence[str]) -> bool:
    """Whether an interpreter would do the same again; not if it reads its program from a prompt or a pipe."""
    return bool(executable and arguments) and arguments[-1] != "-"


def _start_again() -> None:
    """Replace this process by one with a clean environment; return if that is not possible."""
    arguments = sys.orig_argv[1:]
    if not _can_be_repeated(sys.executable, arguments):
        return
    drop = acting(os.environ)
    clean = {name: value for name, value in os.environ.items() if name not in drop}
    # The number of the process stays the same across exec, so a mark left in somebody's
    # profile does not pass for ours.
    clean[_MARK] = str(os.getpid())
    if os.name == "nt":
        import subprocess  # noqa: PLC0415  only here: exec on Windows lets go of the console

        os._exit(subprocess.call([sys.executable, *arguments], env=clean))  # noqa: S603
    try:
        os.execve(sys.executable, [sys.executable, *arguments], clean)  # noqa: S606
    except OSError:
        return
