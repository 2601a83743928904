"""What the faces share: the clock, the session runner, the fences around the process."""
