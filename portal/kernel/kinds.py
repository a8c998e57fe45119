"""The kinds of objects the portal knows, by the names that appear in URLs, the API, the index and the audit.

Each app registers its own when it is ready; who needs "any object" (rooms, lineage, notices, search) asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from .access import Rule, fetch


@dataclass(frozen=True)
class Kind:
    """A name, the model behind it, the field that is its public key, and who may see one.

    ``model`` must have ``get_absolute_url()`` and a ``__str__`` that everyone who may see the object may read.
    """

    name: str
    model: type[Model]
    key_field: str
    can_view: Rule
    label: str | Promise

    def fetch(self, user: Any, key: str) -> Any:
        """The object with public key ``key``, through the gate."""
        return fetch(self.model, user, self.can_view, **{self.key_field: key})

    def key(self, obj: Model) -> str:
        """The public key of ``obj``."""
        return str(getattr(obj, self.key_field))


_by_name: dict[str, Kind] = {}
_by_model: dict[type[Model], Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Registering a name or a model again replaces the earlier entry."""
    _by_name[kind.name] = kind
    _by_model[kind.model] = kind
    return kind


def get(name: str) -> Kind:
    """The kind called ``name``; ``KeyError`` when there is none."""
    return _by_name[name]


def find(name: str) -> Kind | None:
    """The kind called ``name``, or None: for names that come from outside."""
    return _by_name.get(name)


def of(obj: Model) -> Kind:
    """The kind of ``obj``; ``KeyError`` when its model is registered by nobody."""
    return _by_model[type(obj)]


def key(obj: Model) -> str:
    """The public key of ``obj``."""
    return of(obj).key(obj)


def all_kinds() -> list[Kind]:
    """Every kind that is registered, by name."""
    return [_by_name[name] for name in sorted(_by_name)]
