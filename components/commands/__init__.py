"""How what somebody does reaches the database once, and what they are told of it.

The places import it; it imports the shell and what is live.
"""
