"""The app with one thing changed, to measure what that thing is worth."""
