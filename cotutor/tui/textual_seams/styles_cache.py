"""What was drawn is forgotten with the widget that drew it.

Textual remembers two background colours per widget, for the latest 1024 of them, by the cache that
holds the widget's drawn lines (8.2.8: a class method that lacks its decorator). So it keeps those
lines, with what people wrote on them, long after the screen has gone, and grows by half a
mebibyte for a screen of some widgets.
"""

from functools import lru_cache
from inspect import unwrap

from textual._styles_cache import StylesCache


def forget_with_widget() -> None:
    """Have the colours remembered for all widgets together."""
    remembered = lru_cache(1024)(unwrap(StylesCache.get_inner_outer))
    StylesCache.get_inner_outer = classmethod(remembered)  # type: ignore[assignment, method-assign, arg-type]
