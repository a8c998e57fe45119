"""Hits as they are shown: in rows of a page, by kind, and as rows of a table."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from search.facets import DEFINITIONS, Label, kind_label, state_label, value_label
from search.requests import Hit, HitGroup

MOST_FACTS = 3
EXPORTED = ("kind", "id", "title", "state", "about", "date", "summary", "address")
"""The columns of results as a table."""

ICONS = {
    "challenge": "flag",
    "submission": "lightbulb",
    "patent": "patent",
    "licence_offer": "handshake",
    "licence_request": "handshake",
    "venture": "rocket",
    "organisation": "building",
    "person": "user",
    "message": "chat",
    "page": "file",
}

FACTS: dict[str, tuple[str, ...]] = {
    "challenge": ("organisation", "challenge_kind", "industry"),
    "submission": ("challenge_kind", "industry"),
    "patent": ("applicant", "office", "year"),
    "licence_offer": ("licence_model", "office"),
    "venture": ("organisation", "stage", "industry"),
    "organisation": ("organisation_kind", "industry", "country"),
    "person": ("skill", "country"),
    "page": ("language",),
}
"""What is told of a hit beside its title, by the facets that hold it."""


class Row(NamedTuple):
    """A hit as its row shows it, in plain values: a page has many, and templates are slow to look up attributes."""

    sign: SafeString
    url: str
    title: SafeString
    snippet: SafeString
    is_akin: bool
    facts: SafeString
    said_at: datetime | None
    deadline: datetime | None


@dataclass(frozen=True)
class ShownHit:
    """A hit with what its row shows beside title and snippet."""

    hit: Hit

    @property
    def row(self) -> Row:
        """Everything that its row shows."""
        hit = self.hit
        return Row(self.sign, hit.url, hit.title, hit.snippet, hit.akin, self.facts, self.at, self.deadline)

    @property
    def label(self) -> Label:
        """What kind of thing it is."""
        return kind_label(self.hit.kind)

    @property
    def sign(self) -> SafeString:
        """What kind of thing it is and in which state, with the signs of both."""
        return _sign(self.hit.kind, *self._state, get_language() or "")

    @property
    def _state(self) -> tuple[str, str]:
        """The facet that tells its state, and the state."""
        facet = "legal_status" if "legal_status" in self.hit.source else "state"
        return facet, str(self.hit.source.get(facet) or "")

    @property
    def state_label(self) -> Label:
        """Its state, for people; empty when it has none."""
        facet, state = self._state
        return _state_label(self.hit.kind, facet, state) if state else ""

    @property
    def named_facts(self) -> list[str]:
        """Up to three things that tell it from others."""
        source = self.hit.source
        named = [_named(name, value) for name in FACTS.get(self.hit.kind, ()) if (value := source.get(name))]
        return [fact for fact in named if fact]

    @property
    def facts(self) -> SafeString:
        """What tells it from others, as the row shows it."""
        spans = [f"<span>{escape(fact)}</span>" for fact in self.named_facts]
        return mark_safe("".join(spans))  # noqa: S308 - each was escaped

    @property
    def at(self) -> datetime | None:
        """When a message was said."""
        return datetime.fromisoformat(self.hit.source["updated_at"]) if self.hit.kind == "message" else None

    @property
    def deadline(self) -> datetime | None:
        """Until when a challenge can be answered."""
        deadline = self.hit.source.get("deadline")
        return datetime.fromisoformat(deadline) if deadline else None


@dataclass(frozen=True)
class ShownGroup:
    """The best hits of a kind, and the way to the others."""

    group: HitGroup
    url: str

    @property
    def label(self) -> Label:
        """What kind it is."""
        return kind_label(self.group.kind)

    @property
    def icon(self) -> str:
        """The sign of the kind."""
        return ICONS[self.group.kind]

    @property
    def rows(self) -> list[Row]:
        """Its hits as they are shown."""
        return [ShownHit(hit).row for hit in self.group.hits]

    @property
    def has_more(self) -> bool:
        """Whether there are others."""
        return self.group.total > len(self.group.hits)


@lru_cache(maxsize=1_000)
def _sign(kind: str, naming: str, state: str, language: str) -> SafeString:
    """Made once for each kind and state in each language: many hits share it."""
    label = _state_label(kind, naming, state)
    shown = {"icon": ICONS[kind], "label": kind_label(kind), "state": state, "state_label": label}
    return mark_safe(render_to_string("search/_sign.html", shown).strip())  # noqa: S308 - a template made it


def _named(facet: str, value: str | list[str]) -> str:
    """What is told by a facet: its value, or the first of its values, by their names."""
    values = value if isinstance(value, list) else [value]
    return ", ".join([value_label(facet, each) for each in values[:MOST_FACTS]])


def _state_label(kind: str, naming: str, state: str) -> Label:
    return DEFINITIONS[naming].naming(state) if naming == "legal_status" else state_label(state, kind)


def exported_row(shown: ShownHit) -> list[str]:
    """A hit as a row of the table: the cells of ``EXPORTED``."""
    hit, source = shown.hit, shown.hit.source
    title, summary = (unescape(strip_tags(text)) for text in (hit.title, hit.snippet))
    day = str(source.get("deadline") or source.get("updated_at") or "")[:10]
    address = urljoin(settings.PORTAL_URL, hit.url)
    return [
        str(shown.label),
        hit.id,
        title,
        str(shown.state_label),
        "; ".join(shown.named_facts),
        day,
        summary,
        address,
    ]
