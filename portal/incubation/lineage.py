"""Where a venture comes from, and what an award led to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from challenges.models import Award
from portal.kernel.lineage import Link, edges

from .models import Venture

OPENED = _("opened the venture")


@edges("award")
def venture_of_award(award: Award, user: Any) -> Iterator[Link]:
    """The venture that grew out of an award."""
    for venture in Venture.objects.filter(award=award):
        yield Link(venture, OPENED)


@edges("venture")
def award_of_venture(venture: Venture, user: Any) -> Iterator[Link]:
    """The award that a venture grew out of."""
    if venture.award_id:
        yield Link(venture.award, OPENED, after=False)  # type: ignore[arg-type]
