"""``cotutor vault`` and its commands."""
