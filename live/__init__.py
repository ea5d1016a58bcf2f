"""The hub: who is told that something changed. Only a number travels; rows are read again."""
