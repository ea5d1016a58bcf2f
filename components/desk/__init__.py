"""The moderators' desk: lists, filters, settings, rehearsals, and the control of the screens.

Only pages and the table of routes import it; at the start the app makes its lists once.
"""
