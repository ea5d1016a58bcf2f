"""Accounts and screens as a page shows them.

Only pages import it.
"""
