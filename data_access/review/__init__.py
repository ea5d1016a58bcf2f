"""What is read when the day is over, and what staff write on it."""
