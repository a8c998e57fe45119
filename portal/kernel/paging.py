"""Keyset paging: a page costs the same however deep it lies, and rows that arrive meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, the cursor of the rows after them, and whether this is the first page."""

    items: Sequence[M]
    next: str | None
    first: bool

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(
    rows: QuerySet[M], request: HttpRequest, *, size: int = 20, order: Sequence[str] = ("-created_at", "-id")
) -> Page[M]:
    """The page of ``rows`` that ``?after=`` names; a cursor nobody gave out means the first page.

    ``order`` names non-null columns, all in the same direction, the last one unique.
    """
    cursor = _decode(request.GET.get("after", ""), rows.model, order)
    ordered = rows.order_by(*order)
    if cursor is not None:
        ordered = ordered.filter(_beyond(cursor, order))
    found = list(ordered[: size + 1])
    more = len(found) > size
    return Page(found[:size], _encode(found[size - 1], order) if more else None, cursor is None)


def _columns(order: Sequence[str]) -> list[str]:
    return [name.lstrip("-") for name in order]


def _beyond(values: list[Any], order: Sequence[str]) -> Q:
    """Rows after ``values``: (a < x) or (a = x and b < y) …, or the other way round when ascending."""
    compare = "lt" if order[0].startswith("-") else "gt"
    condition, equal = Q(), Q()
    for name, value in zip(_columns(order), values, strict=True):
        condition |= equal & Q(**{f"{name}__{compare}": value})
        equal &= Q(**{name: value})
    return condition


def _encode(row: Model, order: Sequence[str]) -> str:
    values = [getattr(row, name) for name in _columns(order)]
    return base64.urlsafe_b64encode(orjson.dumps(values, default=str)).decode().rstrip("=")


def _decode(text: str, model: type[Model], order: Sequence[str]) -> list[Any] | None:
    if not text or len(text) > 400:
        return None
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(raw, list) or len(raw) != len(order):
            return None
        return [_value(model, name, value) for name, value in zip(_columns(order), raw, strict=True)]
    except (ValueError, TypeError, binascii.Error, LookupError):
        return None


def _value(model: type[Model], name: str, value: Any) -> Any:
    from django.core.exceptions import FieldDoesNotExist, ValidationError

    try:
        cleaned = model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
    except (FieldDoesNotExist, ValidationError) as error:
        raise ValueError(str(error)) from error
    if cleaned is None or (isinstance(cleaned, datetime) and cleaned.tzinfo is None):
        raise ValueError("not a place in this list")
    return cleaned
