"""Figures and tables as a page shows them, what narrows them, and what staff write on them.

The places that show counts or rows import it, and pages.
"""
