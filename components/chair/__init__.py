"""The presiding official's page: what is asked now, what comes next, and what a press does.

Only pages and the table of routes import it.
"""
