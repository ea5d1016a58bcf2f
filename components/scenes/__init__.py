"""What the hall's screens show: made from the event's snapshot, drawn by one component.

The desk's monitors, the chair's page and the hall import it, so that all show the same.
"""
