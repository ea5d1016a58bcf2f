"""Pages and frames of questions, read within the caller's session.

Nothing here writes or keeps anything.
"""
