"""Hits as they are shown: in rows of a page, by kind, and as rows of a table."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from search.facets import DEFINITIONS, Label, kind_label, state_label
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


@dataclass(frozen=True)
class ShownHit:
    """A hit with what its row shows beside title and snippet. Ready to be shown: a page has many of them."""

    hit: Hit

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
        known = ((name, self.hit.source.get(name)) for name in FACTS.get(self.hit.kind, ()))
        values = ((name, value if isinstance(value, list) else [value]) for name, value in known if value)
        named = (
            ", ".join(str(DEFINITIONS[name].naming(each)) for each in value[:MOST_FACTS]) for name, value in values
        )
        return [fact for fact in named if fact]

    @property
    def facts(self) -> SafeString:
        """What tells it from others, as the row shows it."""
        return format_html_join("", "<span>{}</span>", ((fact,) for fact in self.named_facts))

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
    def hits(self) -> list[ShownHit]:
        """The rows."""
        return [ShownHit(hit) for hit in self.group.hits]

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
