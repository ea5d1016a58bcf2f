"""What every staff page has: guard, head, event, language, links, signs, and what minds the window.

Pages and any other component but `live` may import it; it imports nothing of a place.
"""
