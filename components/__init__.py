"""The parts that pages are made of: those that run in the browser have a folder each."""
