"""The line mode: one line for each change, for screen readers and scripts."""
