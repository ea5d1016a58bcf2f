"""Questions as a list with buttons, and as a table: what several places show alike.

The places import it; it imports none of them.
"""
