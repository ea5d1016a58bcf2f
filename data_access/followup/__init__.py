"""Written replies: promised, written, approved and published."""
