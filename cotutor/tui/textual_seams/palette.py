"""The palette, as far as it is not Textual's own."""

from textual.command import CommandPalette

from cotutor.tui.textual_seams.stacked import Stacked


class Palette(Stacked, CommandPalette):
    """Textual's palette, which closes itself and no session behind it."""
