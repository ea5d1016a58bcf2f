"""Who is told that something changed, and the newest snapshots.

Only a number travels; rows are read again.
"""
