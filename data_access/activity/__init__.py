"""Who did what, and when: the lines that each change leaves, read page by page.

`revisions.Change` writes them; whatever tells of the past imports it.
"""
