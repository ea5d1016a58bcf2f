"""The review of a day: its charts beside those of participation, its terms, its files.

Only pages import it.
"""
