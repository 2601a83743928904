"""The conversation of a session."""
