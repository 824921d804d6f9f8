"""What a run remembers of its projects, and what that says of their progress."""
