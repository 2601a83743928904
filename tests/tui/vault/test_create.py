"""The first visit: nothing is made before it is confirmed, and the passphrase must be typed back."""

from pathlib import Path

from cotutor.process.guard import Start
from cotutor.process.shared_memory import Ending
from cotutor.tui.widgets.secret_field import SecretField
from cotutor.vault.keys import prove_passphrase
from tests.tui.vault.visit import Visit, visit


async def test_it_says_first_what_encryption_does_and_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    async with visit(folder, unlocked=False) as person:
        for words in (
            "A court can order notes; encryption is not privilege.",
            "What encryption does",
            "nothing kept",
            str(folder.name),
        ):
            assert words in person.shown
        await person.press("enter")
        assert person.wishes == [Ending.MAKE]
        assert not folder.exists()


def offered(person: Visit) -> str:
    return person.line("words")


async def test_six_words_are_offered_and_typed_back(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    async with visit(folder, start=Start.MAKE, unlocked=False) as person:
        first = offered(person)
        assert len(first.split()) == 6
        await person.press("ctrl+r")
        words = offered(person)
        assert words != first
        await person.press("enter")
        assert words not in person.shown
        await person.type_secret("quite another thing", "again")
        assert "not the same" in person.notice
        assert list(folder.iterdir()) == []
        await person.press("escape")
        assert words in person.shown
        await person.press("enter")
        await person.type_secret(f"  {words}  ", "again")
        assert person.where == "ReflectionsPage"
        assert "vault open" in person.shown
        assert "Nothing yet" in person.shown
    prove_passphrase(folder, words).wipe()


async def test_ones_own_must_stand_up_to_guessing(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    own = "seven crooked umbrellas argue beneath Tuesday"
    async with visit(folder, start=Start.MAKE, unlocked=False) as person:
        await person.press("ctrl+o")
        await person.key_in("Krankenhaus1")
        await person.press("enter")
        assert "among the first things tried" in person.notice
        person.app.screen.query_one("#own", SecretField).value = own
        await person.press("enter")
        assert own not in person.shown
        await person.type_secret(own, "again")
        assert person.where == "ReflectionsPage"
    prove_passphrase(folder, own).wipe()


async def test_giving_up_goes_home(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    async with visit(tmp_path / "vault", start=Start.MAKE, unlocked=False) as person:
        assert person.app.auto_lock.has_secrets
        await person.press("escape")
        assert person.wishes == [Ending.HOME]


async def test_before_the_first_words_it_says_what_belongs_in_a_reflection(empty: Path) -> None:
    async with visit(empty) as person:
        await person.press("n")
        assert person.where == "BeforeWriting"
        assert "Courts can require reflections." in person.shown
        assert "Never patients, never names," in person.shown
        await person.press("enter")
        assert person.where == "TemplateSheet"
        await person.press("enter")
        assert person.where == "EditorPage"
        await person.press("x", "ctrl+s", "escape", "n")
        assert person.where == "TemplateSheet"


async def test_no_vault_is_offered_among_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a letter.txt").write_text("mine")
    async with visit(folder, unlocked=False) as person:
        assert "There are other files in" in person.shown
        assert "Make a vault" not in person.shown
        await person.press("enter")
        assert person.where == "AboutVault"
        assert person.wishes == []
    assert [one.name for one in folder.iterdir()] == ["a letter.txt"]
