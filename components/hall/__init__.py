"""The hall's own screens: the projector, the display, the overlay of a stream.

Only pages and the table of routes import it.
"""
