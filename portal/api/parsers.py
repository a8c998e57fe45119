"""What is read of a request's body, and how much."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST: Final = 20
"""How many lists and objects may lie in each other: far more than any operation asks for."""


class ShallowJSONParser(JSONParser):
    """JSON of bounded depth, so that nothing that walks through it can run out of stack."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The data; ``ParseError`` for what is no JSON or lies deeper than ``DEEPEST``."""
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise _too_deep() from None
        layer = [data]
        for _depth in range(DEEPEST + 1):
            layer = [inner for outer in layer for inner in _inside(outer)]
        if layer:
            raise _too_deep()
        return data


def _inside(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return list(data.values())
    return data if isinstance(data, list) else []


def _too_deep() -> ParseError:
    return ParseError(_("Lists and objects lie in each other too deeply."))
