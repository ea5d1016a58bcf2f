"""What phones and the portal talk to: pages that need no script, and the HTTP contract."""
