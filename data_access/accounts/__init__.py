"""Who may sign in, with which roles and proofs, and which browsers are signed in."""
