"""The moderators' desk: its lists, filters and settings, and the control of the hall's screens.

Only pages and the table of routes import it.
"""
