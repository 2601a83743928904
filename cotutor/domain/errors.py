"""Every problem that a person can be shown, with its message and its exit code.

::

    CotutorError                 1   a problem the person can act on
    ├── WrongUsage               2   the command line was misspelt
    ├── ContentProblems          1   a plan, prompt pack or programme has mistakes
    ├── WrongPassphrase          3
    ├── Damaged                  4   the key file or the database is not what was written
    ├── InUse                    5   another cotutor has the vault open
    ├── NewerVersion             6   made by a newer cotutor
    ├── NotAVault                1   there is no vault in the folder
    ├── VaultMissing             1   the key file is there, the database it opens is not
    ├── DiskFull                 1   nothing more fits; what was there is unchanged
    └── ReadOnly                 1   the folder or the disk refuses changes

The exit codes are a contract with scripts.
"""

from collections.abc import Sequence
from typing import ClassVar


class CotutorError(Exception):
    """A problem in one line: what happened, and what to do about it.

    The message must never hold what a person wrote or said; it may name files and keys.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongUsage(CotutorError):
    """The command line could not be understood."""

    exit_code = 2


class ContentProblems(CotutorError):
    """A file of content has mistakes; all of them are held, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class WrongPassphrase(CotutorError):
    """The passphrase or the recovery key opens no slot of this vault."""

    exit_code = 3


class Damaged(CotutorError):
    """The key file or the database has changed since it was written."""

    exit_code = 4


class InUse(CotutorError):
    """Another program has the vault open for writing."""

    exit_code = 5


class NewerVersion(CotutorError):
    """The file was made by a newer version of the program."""

    exit_code = 6


class NotAVault(CotutorError):
    """The folder holds no vault."""


class VaultMissing(CotutorError):
    """A key file without the database that it opens; a backup can bring it back."""


class DiskFull(CotutorError):
    """The disk is full. What was there before is unchanged."""


class ReadOnly(CotutorError):
    """The folder, the disk or the vault as it was opened refuses changes."""
