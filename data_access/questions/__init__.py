"""Questions, from the submission on: written, read, and kept in memory, a folder each.

The hall and the follow-up write questions through its one door.
"""
