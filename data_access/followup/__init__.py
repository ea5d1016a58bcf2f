"""Written replies: promised, written, approved and published.

What changes a question imports `publishing`, so that both are public at once.
"""
