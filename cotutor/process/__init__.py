"""The process itself: guard and face process, fence, signals, memory they share, terminal."""
