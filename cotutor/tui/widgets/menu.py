"""A list to choose one line from, whose choice is marked by a sign and not by colour alone."""

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Menu(OptionList):
    """Lines of a title and a detail under headings."""

    DEFAULT_CSS = """
    Menu { border: none; background: transparent; padding: 0; height: 1fr; }
    Menu:focus { border: none; background-tint: transparent; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._width = 0
        self._entries: dict[str, tuple[str, str]] = {}
        self._marked: str | None = None

    def align(self, width: int) -> None:
        """Put the details of lines still to be added behind titles of ``width`` cells."""
        self._width = width

    def heading(self, title: str) -> None:
        """Add a line that groups those after it and can't be chosen."""
        if self._entries:
            self.add_option(Option(Content(""), disabled=True))
        self.add_option(Option(Content.styled(title, "bold $primary"), disabled=True))

    def entry(self, key: str, title: str, detail: str = "") -> None:
        """Add a line; ``key`` tells it from the others when it is chosen."""
        self._entries[key] = (title.ljust(self._width), detail)
        self.add_option(Option(self._prompt(key, marked=False), id=key))

    def choose_first(self) -> None:
        """Put the mark on the first line that can be chosen."""
        self.highlighted = self.get_option_index(next(iter(self._entries)))

    def empty(self) -> None:
        """Take every line away."""
        self._entries.clear()
        self._marked = None
        self.clear_options()

    @property
    def marked_key(self) -> str | None:
        """The key of the line that is marked, or None."""
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def _prompt(self, key: str, *, marked: bool) -> Content:
        title, detail = self._entries[key]
        mark = Content.styled("›", "bold") if marked else Content(" ")
        return Content.assemble(mark, " ", title, (f"  {detail}" if detail else "", "$text-muted"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._marked in self._entries:
            self.replace_option_prompt(self._marked, self._prompt(self._marked, marked=False))
        self._marked = event.option_id
        if self._marked in self._entries:
            self.replace_option_prompt(self._marked, self._prompt(self._marked, marked=True))
