"""Small apps of the tests: one component alone."""
