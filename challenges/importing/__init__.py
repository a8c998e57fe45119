"""Challenges from other platforms: rows are read, understood, and kept without ever being made twice."""
