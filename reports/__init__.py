"""What leaves the app as a file: what is in each, made in a process of its own, and its section."""
