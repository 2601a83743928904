"""Words to look for where they must not be."""

NOTE = "NOTE-4417"
"""Shown on the screen."""

UNSEEN = "UNSEEN-7391"
"""In a hidden field, in local variables and in the messages of exceptions; never shown."""
