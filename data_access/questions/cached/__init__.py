"""What this process keeps in memory of an event's questions, brought up to date by what changed.

Pages and components import it; nothing that writes does.
"""
