"""Questions as a list with buttons, as rows and as a table, and what is said of one in a few words.

The places, the scenes and pages import it; it imports no place.
"""
