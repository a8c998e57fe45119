"""Which kinds of private file there are, and who may read each.

    registry.register("challenge", ChallengeFile, can_read_attachment)

gives the file the address `/files/challenge/<public_id>/`, answered only where the rule holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.kernel.errors import Missing

from .models import PrivateFile

Opened = Callable[[HttpRequest, Any], None]


@dataclass(frozen=True)
class Served:
    """A kind of file that is served: its model, who may read it, whom to tell that it was read."""

    kind: str
    model: type[PrivateFile]
    rule: Callable[[Any, Any], bool]
    opened: Opened | None = None


_served: dict[str, Served] = {}


def register(
    kind: str,
    model: type[PrivateFile],
    rule: Callable[[Any, Any], bool],
    *,
    opened: Opened | None = None,
) -> None:
    """Serve files of `model` at `/files/<kind>/<public_id>/` to those for whom `rule` holds.

    `opened(request, file)` is called before the bytes leave; what it raises keeps them here. Use it
    to write an access log. Registering a kind anew replaces it.
    """
    _served[kind] = Served(kind, model, rule, opened)


def get(kind: str) -> Served:
    """The kind of this name. Raises Missing where there is none."""
    try:
        return _served[kind]
    except KeyError:
        raise Missing from None


def kind_of(model: type[PrivateFile]) -> str:
    """The kind under which a model is served. Raises LookupError for a model never registered."""
    for served in _served.values():
        if served.model is model:
            return served.kind
    raise LookupError(f"{model.__name__} is not registered to be served")
