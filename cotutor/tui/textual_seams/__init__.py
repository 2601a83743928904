"""Every place that leans on a private part of Textual; ``private_parts`` is the list of them."""
