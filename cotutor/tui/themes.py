"""The colours: light, dark and high contrast.

Text keeps a contrast of at least 7 to 1 against its background in all of them, signs and lines
at least 3 to 1 (WCAG 2.2, success criteria 1.4.6 and 1.4.11). Nothing is shown by colour alone.
"""

from textual.theme import Theme

DARK = Theme(
    name="cotutor-dark",
    primary="#8ec7d2",
    secondary="#b7a6d9",
    accent="#e8c07d",
    foreground="#e9e6df",
    background="#14181c",
    surface="#1b2127",
    panel="#232b33",
    success="#9fd3a2",
    warning="#f0c674",
    error="#f2a497",
    dark=True,
    variables={
        "input-selection-background": "#8ec7d2 30%",
        "text-muted": "#b9b6ae",
        "scrollbar": "#6f8f97",
        "scrollbar-hover": "#8ec7d2",
        "scrollbar-background": "#14181c",
    },
)
LIGHT = Theme(
    name="cotutor-light",
    primary="#094852",
    secondary="#55407f",
    accent="#7a4b00",
    foreground="#1d2326",
    background="#faf8f3",
    surface="#f1eee6",
    panel="#e6e1d5",
    success="#194c20",
    warning="#6b4300",
    error="#8a1f11",
    dark=False,
    variables={
        "input-selection-background": "#094852 30%",
        "text-muted": "#4a4f52",
        "scrollbar": "#5f8087",
        "scrollbar-hover": "#094852",
        "scrollbar-background": "#faf8f3",
    },
)
CONTRAST = Theme(
    name="cotutor-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#ffffff",
    warning="#ffff00",
    error="#ffff00",
    dark=True,
    variables={
        "input-selection-background": "#ffffff 25%",
        "text-muted": "#ffffff",
        "scrollbar": "#b0b0b0",
        "scrollbar-hover": "#ffffff",
        "scrollbar-background": "#000000",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which the theme key goes round."""
