"""The parts that staff pages are made of: a folder for each place, and for what places share.

A part that runs in the browser is a folder too, with its script, styles and `messages.d.ts`.
"""
