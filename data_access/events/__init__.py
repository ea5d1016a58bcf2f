"""Events with their catalogues and settings, and their rehearsals.

Every other subject may import it.
"""
