"""The palette, which closes itself and no other screen."""

from textual.command import CommandPalette

from cotutor.tui.textual_seams.screen import AnsweredOnce


class Palette(AnsweredOnce, CommandPalette):
    """Textual's palette."""
