"""What every answer over HTTP has in common: pages, problems, protection."""
