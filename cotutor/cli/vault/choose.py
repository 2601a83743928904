"""Choosing a passphrase on the terminal: six words drawn by chance are offered; it is typed back."""

from typing import TYPE_CHECKING

from cotutor.domain.errors import CotutorError

if TYPE_CHECKING:
    from cotutor.cli.vault.ask import Asking
    from cotutor.services.custody import Offer
    from cotutor.vault.keyfile import NewPassphrase

TRIES = 3
_OWN = (
    "Your own: at least five words that do not belong together, from no book, song or name. Any",
    "language will do. Nothing is shown as you type.",
)


def chosen(asking: "Asking", what: str = "new passphrase") -> tuple[str, bool]:
    """A new passphrase, and whether it was drawn by chance.

    Raises:
        CotutorError: it is too weak, or was not typed back.
    """
    from cotutor.services import custody

    if asking.from_input:
        own = asking.secret(what)
        if (weakness := custody.advice(own)) is not None:
            raise CotutorError(f"That passphrase is too weak. {weakness}")
        return own, False
    answer = "n"
    while answer == "n":
        offer = custody.offer()
        answer = asking.show_once(_offered(offer), "Enter takes them, n draws others, o is for my own: ")
    if answer != "o":
        _typed_back(asking, offer.passphrase)
        return offer.passphrase, True
    own = _own(asking, what)
    _typed_back(asking, own)
    return own, False


def prepared(passphrase: str, *, offered: bool) -> "NewPassphrase":
    """A chosen passphrase, put through a derivation that takes about a second here."""
    from cotutor.cli.vault.progress import Working
    from cotutor.services import custody
    from cotutor.services.clock import SystemClock

    clock = SystemClock()
    with Working("Making the key"):
        cost = custody.measure(lambda: clock.now() / 1000)
        return custody.prepare(passphrase, cost, offered=offered)


def _offered(offer: "Offer") -> list[str]:
    return [
        f"Six words drawn by chance, {offer.bits} bits: far too many to try.",
        "",
        f"    {offer.passphrase}",
        "",
        "Write them on paper and keep it away from this computer. They are shown only now.",
    ]


def _own(asking: "Asking", what: str) -> str:
    from cotutor.services import custody

    asking.tell(_OWN)
    for _ in range(TRIES):
        own = asking.secret(what)
        weakness = custody.advice(own)
        if weakness is None:
            return own
        asking.tell([weakness])
    raise CotutorError("No passphrase was strong enough, so nothing was changed. Take the words offered.")


def _typed_back(asking: "Asking", wanted: str) -> None:
    from cotutor.vault.kdf import normal

    for _ in range(TRIES):
        if normal(asking.secret("same passphrase once more")) == normal(wanted):
            return
        asking.tell(["That is not the same."])
    raise CotutorError("The passphrase was not typed back, so nothing was changed. Try again.")
