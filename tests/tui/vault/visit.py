"""One person at their vault, with a clock that goes when told and a key derivation that costs nothing."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from cotutor.process.guard import Start
from cotutor.process.shared_memory import Ending
from cotutor.tui.vault.app import VaultApp, build_vault_app
from cotutor.tui.widgets.menu import Menu
from cotutor.tui.widgets.secret_field import SecretField
from cotutor.vault.keys import prove_passphrase
from cotutor.vault.opening import open_vault
from cotutor.vault.vault import Vault
from tests.fakes import FakeClock
from tests.tui.sitting import Sitting
from tests.vault.cheap import CHEAP

PASSPHRASE = "orbit candle meadow violin harvest lantern"  # noqa: S105  a test's own


class Visit(Sitting):
    """A running vault app: keys go in, what is shown and what it wants to become come out."""

    app: VaultApp

    def __init__(self, app: VaultApp, pilot: Pilot[int], clock: FakeClock, wishes: list[Ending]) -> None:
        super().__init__(app, pilot, clock)
        self.wishes = wishes

    @property
    def vault(self) -> Vault:
        return self.app.vault

    @property
    def notice(self) -> str:
        return self.line("notice")

    @property
    def menu(self) -> list[str]:
        """The lines of the list."""
        menu = self.one(Menu)
        return [str(menu.get_option_at_index(number).prompt) for number in range(menu.option_count)]

    async def worked(self) -> None:
        """Wait until slow work is done and shown; a page that closes when its work is done cancels the rest of it."""
        for worker in list(self.app.workers):
            with suppress(WorkerCancelled):
                await worker.wait()
        await self.settle()

    async def type_secret(self, passphrase: str, field: str = "secret") -> None:
        """Type into a secret field and press Enter."""
        self.app.screen.query_one(f"#{field}", SecretField).value = passphrase
        self.app.screen.query_one(f"#{field}", SecretField).focus()
        await self.settle()
        await self.press("enter")
        await self.worked()

    async def unlock(self) -> None:
        await self.type_secret(PASSPHRASE)


@asynccontextmanager
async def visit(
    folder: Path, size: tuple[int, int] = (80, 24), *, start: Start = Start.VAULT, unlocked: bool = True
) -> AsyncGenerator[Visit]:
    """The app at the vault of a folder, unlocked unless something else is said."""
    clock, wishes = FakeClock(), list[Ending]()
    app = build_vault_app(folder, start=start, clock=clock, replace_process=wishes.append, cost=CHEAP)
    async with app.run_test(size=size) as pilot:
        person = Visit(app, pilot, clock, wishes)
        await person.settle()
        if unlocked:
            await person.unlock()
        yield person
        if app.auto_lock.vault is not None:
            app.auto_lock.shut()


def opened(folder: Path) -> Vault:
    """The vault as another visit would find it."""
    return open_vault(prove_passphrase(folder, PASSPHRASE), FakeClock().wall())


def database_of(folder: Path) -> Path:
    """The vault's only database."""
    (database,) = folder.glob("vault-*.db")
    return database
