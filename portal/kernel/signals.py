"""News of the kernel itself. Domain signals live in their apps."""

from django.dispatch import Signal

transitioned = Signal()
"""A workflow moved an object. Sent inside the transaction: ``sender`` its model, ``obj``, ``transition``, ``actor``."""

object_changed = Signal()
"""Rows were written past ``save()`` (bulk writes). ``sender`` their model, ``objs`` a sequence of them or of keys."""

outbox_filled = Signal()
"""Entries have committed to the outbox of this process; sent after commit, with ``topic``."""
