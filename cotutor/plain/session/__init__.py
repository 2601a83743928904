"""A session in lines."""
