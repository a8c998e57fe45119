"""What a saved search has found, as its owner may see it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.authorise import readable
from search.engines.port import FoundHit
from search.facets import Label, kind_label
from search.models import FoundThing, SavedSearch
from search.queries import address_of, title_of
from search.shown import ICONS

if TYPE_CHECKING:
    from django.db.models import Model

    from portal.accounts.models import User

MOST_SHOWN = 200


@dataclass(frozen=True)
class NewThing:
    """Something new, with the row it is."""

    thing: FoundThing
    row: Model

    @property
    def label(self) -> Label:
        """What kind of thing it is."""
        return kind_label(self.thing.kind)

    @property
    def icon(self) -> str:
        """The sign of its kind."""
        return ICONS[self.thing.kind]

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.row)

    @property
    def url(self) -> str:
        """Where it is shown."""
        return address_of(self.row)


def new_things(saved: SavedSearch, user: User) -> list[NewThing]:
    """What is new and not dismissed, the latest first, at most 200; each read from the database as ``user``."""
    things = list(saved.found.new()[:MOST_SHOWN])
    hits = [FoundHit(f"{thing.kind}:{thing.object_pk}", {"kind": thing.kind}) for thing in things]
    rows = readable(hits, user)
    found = ((thing, rows.get((thing.kind, thing.object_pk))) for thing in things)
    return [NewThing(thing, row) for thing, row in found if row is not None]
