"""What must not occur anywhere in the source, and what SQLCipher is really asked."""

import ast
import re
from datetime import date
from pathlib import Path

import cotutor
from cotutor.domain.reflection import Reflection
from cotutor.vault.vault import Vault
from tests.vault.conftest import NOW
from tests.vault.moments import at

PACKAGE = Path(cotutor.__file__).parent
SOURCES = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}


def strings(source: str) -> list[str]:
    """Every string of a program that is not documentation."""
    tree = ast.parse(source)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def test_no_key_is_changed_in_place_and_no_database_is_attached() -> None:
    for path, source in SOURCES.items():
        for text in strings(source):
            assert not re.search(
                r"rekey|\battach\b|sqlcipher_export|key\s*=?\s*(''|\"\")", text, re.IGNORECASE
            ), path
        assert "reset_key" not in source, path
        assert "set_trace_callback" not in source, path
        assert "cipher_profile" not in source, path


def test_the_vault_writes_no_log_and_prints_nothing() -> None:
    for path, source in SOURCES.items():
        if path.parent.name == "vault" and path.name != "decrypt.py":
            assert not re.search(r"\bprint\(|\bimport logging\b|\bwarnings\.", source), path


def test_the_library_is_asked_for_nothing_dangerous_while_a_vault_lives(vault: Vault) -> None:
    asked: list[str] = []
    vault._store.connection.set_trace_callback(asked.append)
    vault.reflections.save(Reflection("1" * 16, date(2026, 1, 1), private="secret"), at(1))
    vault.forget([], at(2))
    vault._store.connection.set_trace_callback(asked.append)
    vault.back_up(NOW)
    vault.forget(None, at(3))
    assert asked
    assert not [text for text in asked if re.search(r"rekey|attach|pragma key", text, re.IGNORECASE)]


def test_nobody_but_the_vault_reaches_its_database() -> None:
    reached = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, source in SOURCES.items()
        if path.parent != PACKAGE / "vault"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"store", "_store", "connection"}
    ]
    assert reached == []
