"""The encrypted store of one person's private reflections."""
