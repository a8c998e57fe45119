"""Constraints that several tables share."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

MONEY = {"max_digits": 14, "decimal_places": 2}
"""Room for 999,999,999,999.99 of any currency."""


def known(choices: type[models.TextChoices], name: str, *, field: str = "state") -> CheckConstraint:
    """The column holds one of the words of ``choices`` and nothing else."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)
