"""Written replies: who owes which, until when, and the form in which they are written.

Only pages import it.
"""
