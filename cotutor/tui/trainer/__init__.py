"""The screens of a trainer."""
