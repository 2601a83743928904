"""The screens of the vault."""
