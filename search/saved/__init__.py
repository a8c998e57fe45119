"""Searches that people keep: looked at by the clock, and told of when there is something new in them."""
