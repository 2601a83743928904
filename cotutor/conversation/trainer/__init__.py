"""The conversation of what a trainer runs: workshop, demonstration, practice, tally."""
