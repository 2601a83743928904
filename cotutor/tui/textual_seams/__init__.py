"""Every place that leans on a private part of Textual."""
