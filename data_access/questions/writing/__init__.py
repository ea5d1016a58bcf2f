"""All that changes a question: each function writes within the caller's transaction.

What reads and what is kept in memory never imports it.
"""
