"""Processes: the guard and the face process, the fence around them, signals, shared memory, the terminal."""
