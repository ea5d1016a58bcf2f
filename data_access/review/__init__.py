"""What is read when the day is over, the replay, and what staff write on it, the annotations.

Components import it, files, and what puts it in words.
"""
