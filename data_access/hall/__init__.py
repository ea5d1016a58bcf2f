"""What the hall sees and how far the day has come: read, and changed by the desk and the chair.

What changes a question imports `halls`, so that the screens follow it.
"""
