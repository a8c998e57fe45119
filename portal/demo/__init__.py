"""The demonstration: invented organisations and people, and the work they have had under way for more than a year.

Everything is done by the same actions that people use, each at its own moment of the past (``travel``), in one
transaction: the demo is there whole or not at all.
"""
