"""The result of one protective measure, for `cotutor.services.doctor` to explain."""

from typing import NamedTuple


class Protection(NamedTuple):
    """One measure, whether it holds here, and a few words on why or how."""

    name: str
    holds: bool
    detail: str
