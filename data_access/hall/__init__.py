"""What the hall sees and how far the day has come: read, and changed by the desk and the chair."""
