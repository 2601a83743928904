"""A field for a passphrase: not copied, not cut, not suggested, and empty after use."""

from cotutor.tui.widgets.fields import LineField

LONGEST = 400
"""Characters; a passphrase of sixty words fits."""


class SecretField(LineField):
    """One line whose signs are hidden until somebody asks to see them."""

    DEFAULT_CSS = """
    SecretField { width: 1fr; }
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, max_length=LONGEST, placeholder=placeholder)
        self.password = True

    def take(self) -> str:
        """What was typed; the field is empty and hidden afterwards."""
        typed = self.value
        self.wipe()
        return typed

    def wipe(self) -> None:
        """Forget what was typed."""
        self.value = ""
        self.password = True
