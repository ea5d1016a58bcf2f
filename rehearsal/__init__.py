"""A recorded afternoon, played through the public HTTP API as many phones would.

All questions are invented, and so is what they say of a place, a school or an office; none is by
a real person. Apache-2.0, as the code. README.md says where each file is from.
"""
