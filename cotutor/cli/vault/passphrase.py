"""Choosing a passphrase on the terminal: six words drawn by chance are offered; it is typed back."""

from typing import TYPE_CHECKING

from cotutor.domain.errors import CotutorError

if TYPE_CHECKING:
    from cotutor.cli.vault.asking import Asking
    from cotutor.conversation.vault.passphrase import ChoosingPassphrase
    from cotutor.conversation.vault.values import NewPassphrase, Offer


def chosen(asking: "Asking", what: str = "new passphrase") -> str:
    """A new passphrase.

    Args:
        asking: where it comes from.
        what: its name.

    Raises:
        CotutorError: it is too weak, or was not typed back.
    """
    from cotutor.conversation.vault.passphrase import ChoosingPassphrase

    choosing = ChoosingPassphrase()
    if asking.from_input:
        choosing.switch()
        own = asking.secret(what)
        try:
            choosing.take(own)
        except CotutorError as problem:
            raise CotutorError(f"That passphrase is too weak. {problem.message}") from None
        return choosing.chosen
    answer = "n"
    while answer == "n" and choosing.offer is not None:
        shown = _offered(choosing, choosing.offer)
        answer = asking.show_once(shown, "Enter takes them, n draws others, o is for my own: ")
        if answer == "n":
            choosing.draw()
    if answer == "o":
        choosing.switch()
        _own(asking, choosing, what)
    else:
        choosing.take()
    _typed_back(asking, choosing)
    return choosing.chosen


def prepared(passphrase: str) -> "NewPassphrase":
    """A chosen passphrase, put through a derivation that takes about a second here."""
    from cotutor.cli.vault.progress import Working
    from cotutor.conversation.vault.passphrase import prepare
    from cotutor.services.clock import SystemClock

    with Working("Making the key"):
        return prepare(passphrase, SystemClock())


def _offered(choosing: "ChoosingPassphrase", offer: "Offer") -> list[str]:
    return [f"    {offer.passphrase}", "", choosing.advice]


def _own(asking: "Asking", choosing: "ChoosingPassphrase", what: str) -> None:
    from cotutor.conversation.vault.passphrase import TRIES

    asking.show([f"{choosing.advice} Nothing is shown as you type."])
    for _ in range(TRIES):
        own = asking.secret(what)
        try:
            return choosing.take(own)
        except CotutorError as problem:
            asking.show([problem.message])
    raise CotutorError("No passphrase was strong enough, so nothing was changed. Take the words offered.")


def _typed_back(asking: "Asking", choosing: "ChoosingPassphrase") -> None:
    from cotutor.conversation.vault.passphrase import NOT_THE_SAME, TRIES

    for _ in range(TRIES):
        if choosing.is_typed_back(asking.secret("same passphrase once more")):
            return
        asking.show([NOT_THE_SAME])
    raise CotutorError("The passphrase was not typed back, so nothing was changed. Try again.")
