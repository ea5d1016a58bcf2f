"""The activity as a page shows it: its filters and its table.

Only pages import it.
"""
