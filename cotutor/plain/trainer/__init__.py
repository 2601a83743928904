"""What a trainer runs, in lines."""
