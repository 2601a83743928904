"""The terminal app, made with Textual."""
