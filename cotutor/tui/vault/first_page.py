"""What the vault's first page does just after unlocking, and the pages that it leads to."""

from cotutor.conversation.vault.unlocking import welcome
from cotutor.tui.vault.page import VaultPage


class FirstPage(VaultPage):
    """The part of the first page that shows nothing itself.

    Args:
        by_recovery: the vault was opened by its recovery key, so a new passphrase is due.
    """

    def __init__(self, *, by_recovery: bool = False) -> None:
        super().__init__()
        self._by_recovery = by_recovery

    def after_unlocking(self) -> None:
        """Show what happened while opening, and offer what is due."""
        found = welcome(self.vault, self.now(), by_recovery=self._by_recovery)
        if found.must_choose_passphrase:
            from cotutor.tui.vault.change_passphrase import ChangePassphrase  # noqa: PLC0415

            self.when_on_top(lambda: self.lead_to(ChangePassphrase(recovered=True)))
        if found.met is not None:
            from cotutor.tui.vault.encounters import EncounterSheet, log  # noqa: PLC0415

            sheet = EncounterSheet(self.now().date(), found.met)
            self.when_on_top(lambda: self.lead_to(sheet, lambda line: log(self, line)))
        self.show_notice(" ".join(found.notices))

    def action_steps(self) -> None:
        from cotutor.tui.vault.next_steps import StepsPage  # noqa: PLC0415

        self.lead_to(StepsPage())

    def action_encounters(self) -> None:
        from cotutor.tui.vault.encounters import EncountersPage  # noqa: PLC0415

        self.lead_to(EncountersPage())

    def action_ratings(self) -> None:
        from cotutor.tui.vault.ratings import RatingsPage  # noqa: PLC0415

        self.lead_to(RatingsPage())

    def action_settings(self) -> None:
        from cotutor.tui.vault.settings import VaultSettings  # noqa: PLC0415

        self.lead_to(VaultSettings())
