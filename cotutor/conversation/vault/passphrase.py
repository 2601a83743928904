"""Choosing a passphrase: six words drawn by chance are offered; one's own are checked; it is typed back."""

from cotutor.domain.errors import CotutorError
from cotutor.services.clock import Clock
from cotutor.vault import keys
from cotutor.vault.kdf import Cost, calibrate, normal
from cotutor.vault.keyfile import NewPassphrase
from cotutor.vault.passphrase import Offer, offer, weakness

TRIES = 3
"""How often a face without a screen asks before it gives up."""
OFFERED = (
    "Six words drawn by chance: {bits} bits, far too many to try. Write them on paper and keep it away"
    " from this computer. They are shown only now."
)
OWN = (
    "Your own: at least five words that do not belong together, from no book, song or name. Any language"
    " will do. The words drawn by chance are stronger."
)
TYPE_BACK = "Now type it back, from paper or from memory."
NOT_THE_SAME = "That is not the same."
NEEDS_PRESENT = "Type the present passphrase first."
RECOVERED = "You came in by the recovery key. Choose a new passphrase."
ABOUT_REENCRYPTING = (
    "Re-encrypting makes old copies of the key file worthless for what is written from now on. An"
    " older backup still opens with the old passphrase. The recovery key ends with it."
)
HOW_TO_CHANGE = ((False, "change only"), (True, "change and re-encrypt"))
"""Whether everything is moved to a fresh key too, with the words for it; the first is the usual."""


class ChoosingPassphrase:
    """A passphrase being chosen: words are offered, or one's own taken; then it is typed back."""

    def __init__(self) -> None:
        self.offer: Offer | None = offer()
        """The words on offer; None while the person chooses their own."""
        self.typing_back = False
        """It is chosen, and has to be typed back."""
        self._own = ""

    @property
    def advice(self) -> str:
        """What to do now."""
        if self.typing_back:
            return TYPE_BACK
        return OFFERED.format(bits=self.offer.bits) if self.offer else OWN

    @property
    def chosen(self) -> str:
        """The passphrase itself, once it is chosen."""
        return self.offer.passphrase if self.offer else self._own

    def draw(self) -> None:
        """Offer other words, drawn by chance; nothing changes once they are being typed back."""
        if not self.typing_back:
            self.offer = offer()

    def switch(self) -> None:
        """Choose one's own, or take words drawn by chance after all."""
        if not self.typing_back:
            self.offer = None if self.offer else offer()

    def take(self, own: str = "") -> None:
        """Choose: the words on offer, or one's own.

        Args:
            own: what was typed, where nothing is on offer.

        Raises:
            CotutorError: it is too weak; the message is advice.
        """
        if self.offer is None:
            if (problem := weakness(own)) is not None:
                raise CotutorError(problem)
            self._own = own
        self.typing_back = True

    def back(self) -> bool:
        """Go back to choosing; False if that is where one is."""
        was, self.typing_back = self.typing_back, False
        return was

    def is_typed_back(self, typed: str) -> bool:
        """Whether this is the passphrase that was chosen."""
        return bool(self.chosen) and normal(typed) == normal(self.chosen)

    def forget(self) -> None:
        """Keep nothing of it."""
        self.offer, self._own, self.typing_back = None, "", False


def prepare(passphrase: str, clock: Clock, cost: Cost | None = None) -> NewPassphrase:
    """Put a chosen passphrase through its derivation. Slow; touches no file.

    Args:
        passphrase: as it was chosen.
        clock: measures what a derivation costs here.
        cost: what it shall cost; None for about a second.
    """
    return keys.prepare(passphrase, cost or calibrate(lambda: clock.now() / 1000))
