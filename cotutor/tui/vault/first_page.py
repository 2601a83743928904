"""What the vault's first page does just after unlocking, and the pages that it leads to."""

from cotutor.services import upkeep
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
        """Say what happened while opening, and offer what is due."""
        standing = self.notebook.standing()
        words = []
        if standing.damage is not None:
            words.append(f"Damaged: {standing.damage}. Read-only. Restore a backup: cotutor vault restore.")
        elif standing.read_only:
            words.append("The folder refuses changes, so you can only read.")
        elif not standing.key_file_whole:
            words.append("The key file is partly damaged; a new passphrase mends it (v).")
        if self.notebook.erased:
            words.append(f"{self.notebook.erased} erased because their day had come.")
        if not standing.read_only:
            words += self._back_up_if_due()
            if self._by_recovery:
                self._change_passphrase()
            elif upkeep.rehearsal_due(self.notebook, self.now().date()):
                words.append("Do you still know your passphrase by heart? Rehearse it (v).")
            self._offer_encounter()
        due = len(self.notebook.due_steps(self.now().date()))
        if due:
            words.append(f"{due} next step{'' if due == 1 else 's'} due (s).")
        self.tell(" ".join(words))

    def _back_up_if_due(self) -> list[str]:
        if not upkeep.backup_due(self.notebook, self.now().date()):
            return []
        made = self.doing(lambda: upkeep.back_up(self.notebook, self.now()))
        return (
            ["A backup was made and opened once."] if made else ["The backup that is due could not be made."]
        )

    def _change_passphrase(self) -> None:
        from cotutor.tui.vault.passphrase import ChangePassphrase  # noqa: PLC0415

        self.app.push_screen(ChangePassphrase(recovered=True))

    def _offer_encounter(self) -> None:
        from cotutor.services import handover  # noqa: PLC0415
        from cotutor.tui.vault.encounters import EncounterSheet, log  # noqa: PLC0415

        met = handover.taken()
        if met is not None:
            self.app.push_screen(EncounterSheet(self.now().date(), met), lambda line: log(self, line))

    def action_steps(self) -> None:
        """The next steps."""
        from cotutor.tui.vault.next_steps import StepsPage  # noqa: PLC0415

        self.app.push_screen(StepsPage())

    def action_encounters(self) -> None:
        """The encounter log."""
        from cotutor.tui.vault.encounters import EncountersPage  # noqa: PLC0415

        self.app.push_screen(EncountersPage())

    def action_ratings(self) -> None:
        """The self-ratings."""
        from cotutor.tui.vault.ratings import RatingsPage  # noqa: PLC0415

        self.app.push_screen(RatingsPage())

    def action_settings(self) -> None:
        """The vault's settings."""
        from cotutor.tui.vault.settings import VaultSettings  # noqa: PLC0415

        self.app.push_screen(VaultSettings())
