"""How what somebody does reaches the database once, and what they are told of it.

Whatever has buttons imports it: the places, the lists of questions, the annotations; it imports the
shell.
"""
