"""Who did what, and when: the lines that each change leaves, read page by page."""
