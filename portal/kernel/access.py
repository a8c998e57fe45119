"""The one gate: pages, API, files, sockets, exports and mail get an object no other way.

Absent and forbidden give the same answer, so that a guess teaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from .errors import Missing

M = TypeVar("M", bound=Model)
Rule = Callable[[Any, Any], bool]


def fetch(model: type[M] | QuerySet[M], user: Any, rule: Rule, **key: Any) -> M:
    """The object at ``key`` if ``rule(user, object)`` holds; ``Missing`` when absent or forbidden.

    ``model`` may be a queryset that already carries ``select_related`` and the like.
    """
    rows = model if isinstance(model, QuerySet) else model._default_manager.all()
    if any("\0" in value for value in key.values() if isinstance(value, str)):
        raise Missing
    try:
        found = rows.get(**key)
    except (rows.model.DoesNotExist, ValueError, TypeError, ValidationError):  # type: ignore[attr-defined]
        raise Missing from None
    if not rule(user, found):
        raise Missing
    return found


def fetch_locked(model: type[M] | QuerySet[M], user: Any, rule: Rule, **key: Any) -> M:
    """As ``fetch``, holding the row's lock until the surrounding transaction ends."""
    rows = model if isinstance(model, QuerySet) else model._default_manager.all()
    return fetch(rows.select_for_update(of=("self",)), user, rule, **key)


def require(user: Any, rule: Rule, obj: Any) -> None:
    """``Missing`` unless ``rule(user, obj)`` holds: the first line of an action."""
    if not rule(user, obj):
        raise Missing
