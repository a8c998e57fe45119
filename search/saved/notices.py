"""What people learn of their saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.models import SavedSearch


@dataclass(frozen=True)
class NewResults:
    """There is something new in a saved search. It names none of it: what may be seen is asked when it is looked at."""

    category: ClassVar[str] = "saved_searches"
    kind: ClassVar[str] = "saved_search"

    key: str
    name: str
    count: int
    path: str

    @classmethod
    def of(cls, saved: SavedSearch, count: int) -> NewResults:
        return cls(saved.public_id, saved.name, count, saved.get_absolute_url())

    def subject(self) -> str:
        told = {"count": self.count, "name": self.name}
        return ngettext("%(count)s new result: %(name)s", "%(count)s new results: %(name)s", self.count) % told

    def body(self) -> str:
        return _("Your saved search has found something new.")

    def url(self) -> str:
        return self.path
