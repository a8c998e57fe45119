"""Bringing in files of unknown origin: read whole or refused, and every row that was not taken kept with its reason."""
