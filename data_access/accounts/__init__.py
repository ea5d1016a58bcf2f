"""Who may sign in, with which roles and proofs; which browsers and screens were let in.

Signing in, pages and the operator's commands import it.
"""
