"""Bringing in organisations from registers."""
