"""Another passphrase for the vault that is open."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cotutor.conversation.vault.keys import change_passphrase, refuse_wrong
from cotutor.conversation.vault.passphrase import (
    ABOUT_REENCRYPTING,
    HOW_TO_CHANGE,
    NEEDS_PRESENT,
    RECOVERED,
)
from cotutor.tui.vault.form import row
from cotutor.tui.vault.passphrase import PassphrasePage
from cotutor.tui.widgets.choice_field import ChoiceField
from cotutor.tui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from cotutor.conversation.vault.values import NewPassphrase


class ChangePassphrase(PassphrasePage):
    """Another passphrase for the vault that is open.

    Args:
        recovered: the vault was opened by its recovery key, so nobody knows the passphrase.
    """

    heading = "Change the passphrase"

    def __init__(self, *, recovered: bool = False) -> None:
        super().__init__()
        self._recovered = recovered

    def before(self) -> Iterable[Widget]:
        """The present passphrase, and whether to re-encrypt."""
        if self._recovered:
            yield Static(Content(RECOVERED), classes="lead")
        else:
            yield row("Present one", SecretField(id="present"))
        yield row("Also", ChoiceField(*HOW_TO_CHANGE, chosen=HOW_TO_CHANGE[0][0], id="anew"))
        yield Static(Content(ABOUT_REENCRYPTING), classes="hint-below")

    def first_field(self) -> Widget | None:
        return None if self._recovered else self.query_one("#present", SecretField)

    def may_go_on(self) -> bool:
        """Whether the present passphrase was typed."""
        if self._recovered or self.query_one("#present", SecretField).value:
            return True
        self.show_notice(NEEDS_PRESENT)
        self.query_one("#present", SecretField).focus()
        return False

    def proof(self) -> Callable[[], object]:
        """The present passphrase is the vault's."""
        if self._recovered:
            return lambda: None
        folder, typed = self.vault.folder, self.query_one("#present", SecretField).value
        return lambda: refuse_wrong(folder, typed)

    def ready(self, new: "NewPassphrase") -> None:
        """Put it in force."""
        reencrypt = bool(self.query_one("#anew", ChoiceField).value)
        lines = change_passphrase(self.vault, new, self.now(), reencrypt=reencrypt)
        self._forget()
        self.step_back(lambda: self.cotutor.show_notice(" ".join(lines)))
