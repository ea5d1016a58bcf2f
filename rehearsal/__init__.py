"""A recorded afternoon, played through the public HTTP API as many phones would.

The questions are invented; no real person asked them. README.md says where each file is from.
"""
