"""The presiding official's page: what they see, the tablet that shows it, and what its buttons do.

Only pages and the table of routes import it.
"""
