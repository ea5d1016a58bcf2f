"""How an open page hears of a change, and what many sessions show alike is made once.

Any page and any other component may import it.
"""
