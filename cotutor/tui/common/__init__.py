"""What the screens of every job use."""
