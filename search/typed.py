"""Filters that are typed among the words: ``is:open``, ``cpc:B01D``, ``country:cn``.

They become chosen values of facets, so that they show, and can be taken away, as if they had been clicked.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST_VALUE = 300

Shape = Callable[[str], str]


def _symbol(text: str) -> str:
    """A class of the patent classification as facets have it: its first four characters."""
    return text.upper().replace(" ", "")[:4]


@dataclass(frozen=True)
class Name:
    """A name before a colon: the facet it chooses from, and how a typed value gets the shape that documents have."""

    facet: str
    shape: Shape = str.lower


NAMES: Mapping[str, Name] = {
    "kind": Name("kind"),
    "is": Name("state"),
    "cpc": Name("subject", _symbol),
    "country": Name("country", str.upper),
    "office": Name("office", str.upper),
    "language": Name("language"),
    "year": Name("year"),
    "trl": Name("trl"),
    "currency": Name("currency", str.upper),
    "status": Name("legal_status"),
    "licence": Name("licence_model"),
    "stage": Name("stage"),
}

_TYPED = re.compile(rf'(?<!\S)({"|".join(NAMES)}):(?:"([^"]*)"|([^\s"]+))(?!\S)', re.IGNORECASE)


def taken_from(text: str) -> tuple[str, dict[str, list[str]]]:
    """The words that are left, and the values chosen of each facet, in the order they were typed."""
    chosen: dict[str, list[str]] = {}

    def take(match: re.Match[str]) -> str:
        name, value = NAMES[match[1].lower()], match[2] or match[3] or ""
        if value:
            chosen.setdefault(name.facet, []).append(name.shape(value)[:LONGEST_VALUE])
        return " "

    left = _TYPED.sub(take, text)
    return (left.strip() if chosen else text), chosen
