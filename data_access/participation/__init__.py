"""Who takes part and who is heard: counts kept up with the snapshot, and frames made of them.

Components import it, and the review; it writes nothing.
"""
