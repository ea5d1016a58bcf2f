"""What open pages have sent, so that each command is done once, however often it comes.

What takes commands from browsers imports it.
"""
