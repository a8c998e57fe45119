"""Records of the Research Organization Registry (schema 2), one JSON object a line, as facts about organisations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from django.utils.translation import gettext as _
from django_countries import countries

from ..enums import OrganisationKind

ID: Final = re.compile(r"(?:https?://ror\.org/)?(0[a-z0-9]{8})\Z")
KINDS: Final[Mapping[str, OrganisationKind]] = {
    "education": OrganisationKind.UNIVERSITY,
    "company": OrganisationKind.COMPANY,
}
"""What the register calls an organisation, and what it is here; all else does research and is a laboratory."""
MOST_NAMES: Final = 20


class Unusable(ValueError):
    """A row cannot be taken; the message is the reason shown in the rejects file."""


@dataclass(frozen=True)
class Facts:
    """What is taken over of an organisation."""

    ror_id: str
    name: str
    kind: OrganisationKind
    country: str
    website: str
    summary: str


def facts_of(content: bytes) -> Facts:
    """The facts in one line; raises ``Unusable`` for anything that is no active organisation of the register."""
    record = _object(content)
    found = ID.match(str(record.get("id", "")))
    if not found:
        raise Unusable(_("There is no ROR id in it."))
    if record.get("status") != "active":
        raise Unusable(_("The register does not call it active."))
    names = [name for name in _objects(record.get("names")) if _text(name.get("value"))]
    shown = next((n for n in names if "ror_display" in _texts(n.get("types"))), names[0] if names else None)
    if shown is None:
        raise Unusable(_("It has no name."))
    name = _text(shown["value"])[:200]
    return Facts(
        ror_id=found[1],
        name=name,
        kind=_kind(_texts(record.get("types"))),
        country=_country(record),
        website=_website(record),
        summary=_also_known(name, names),
    )


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        record = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Unusable(_("It is not JSON.")) from None
    if not isinstance(record, dict):
        raise Unusable(_("It is not an object."))
    return record


def _objects(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        return []
    return [each for each in value[:100] if isinstance(each, dict)]


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return " ".join(value.replace("\0", "").split()) if isinstance(value, str) else ""


def _kind(types: Sequence[str]) -> OrganisationKind:
    return next((KINDS[each] for each in types if each in KINDS), OrganisationKind.LABORATORY)


def _country(record: Mapping[str, Any]) -> str:
    places = (place.get("geonames_details") for place in _objects(record.get("locations")))
    codes = (str(place.get("country_code", "")).upper() for place in places if isinstance(place, dict))
    return next((code for code in codes if countries.name(code)), "")


def _website(record: Mapping[str, Any]) -> str:
    for link in _objects(record.get("links")):
        address = _text(link.get("value"))
        if link.get("type") == "website" and urlsplit(address).scheme in ("http", "https") and len(address) <= 200:
            return address
    return ""


def _also_known(name: str, names: Sequence[Mapping[str, Any]]) -> str:
    """Its other names, in whatever script: by them it is found too."""
    others = dict.fromkeys(_text(each["value"])[:200] for each in names)
    others.pop(name, None)
    return _("Also known as: %(names)s") % {"names": " · ".join(list(others)[:MOST_NAMES])} if others else ""
