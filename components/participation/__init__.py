"""Participation, live: which districts and topics ask, and which are not heard.

Only pages import it.
"""
