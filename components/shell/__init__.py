"""What every staff page has: its guard, its head, its language, its links, its window.

Any page and any other component may import it; it imports nothing of a place.
"""
