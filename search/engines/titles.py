"""The search that is left when the engine is away: titles, as the database finds them, and it says so."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from search.parsing import ParsedText
from search.requests import SearchRequest

MOST_A_KIND = 50

TITLES: dict[str, tuple[str, ...]] = {
    "challenge": ("title",),
    "patent": ("title", "number"),
    "licence_offer": ("headline",),
    "venture": ("title",),
    "organisation": ("name",),
    "person": ("display_name",),
    "page": ("title",),
    "submission": ("title",),
}
"""Where the titles of each kind stand; what has none of its own (messages, requests) is not found meanwhile."""

Visible = Callable[[str, Any], QuerySet[Any]]


def titled(request: SearchRequest, user: Any, visible_rows: Visible) -> list[tuple[str, Model]]:
    """What the user may see whose title has every word that was asked for: at most 50 of a kind, newest first."""
    kinds = [kind for kind in TITLES if not request.kinds or kind in request.kinds]
    return [(kind, row) for kind in kinds for row in _rows(kind, request.parsed, visible_rows(kind, user))]


def _rows(kind: str, parsed: ParsedText, rows: QuerySet[Any]) -> Sequence[Model]:
    if parsed.is_hopeless:
        return ()
    fields = TITLES[kind]
    wanted = reduce(and_, (_says(fields, str(clause)) for clause in parsed.wanted), Q())
    unwanted = reduce(or_, (_says(fields, str(clause)) for clause in parsed.unwanted), Q(pk__in=[]))
    return list(rows.filter(wanted).exclude(unwanted).order_by("-pk")[:MOST_A_KIND])


def _says(fields: Sequence[str], text: str) -> Q:
    """One of the fields has the text. SQLite knows the case of ASCII only, so other shapes are asked for too."""
    shapes = {text, text.capitalize(), text.upper(), text.title()}
    return reduce(or_, (Q(**{f"{field}__icontains": shape}) for field in fields for shape in shapes))
