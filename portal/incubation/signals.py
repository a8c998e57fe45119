"""News of incubation, sent inside the transaction of the deed."""

from django.dispatch import Signal

venture_opened = Signal()
"""A venture began: ``sender`` Venture, ``obj``, ``actor``."""

gate_review_called = Signal()
"""A venture stands before a gate: ``sender`` GateReview, ``obj``, ``actor``."""

gate_decided = Signal()
"""Gate-keepers have spoken: ``sender`` GateReview, ``obj``, ``actor``."""

venture_people_changed = Signal()
"""Somebody joined or left: ``sender`` Venture, ``obj``, ``user``."""
