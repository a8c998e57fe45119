"""Boring factories, a file an app: each makes a valid object of its kind with nothing surprising about it."""
