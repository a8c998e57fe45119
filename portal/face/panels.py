"""Places on the pages of people, organisations, challenges and patents where apps above show what they know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest, Any], SafeString | str]


@dataclass
class Place:
    """One place; a panel is ``(request, object) -> safe html``, empty when it has nothing to say."""

    panels: dict[str, tuple[int, Panel]] = field(default_factory=dict)

    def register(self, name: str, panel: Panel, *, order: int = 100) -> None:
        """Add ``panel``; a name given again replaces the earlier one. It authorises what it shows by itself."""
        self.panels[name] = (order, panel)

    def shown(self, request: HttpRequest, obj: Any) -> list[SafeString | str]:
        """What the panels have to say about ``obj`` to this reader, in order."""
        rows = sorted(self.panels.items(), key=lambda item: (item[1][0], item[0]))
        said = [panel(request, obj) for _name, (_order, panel) in rows]
        return [html for html in said if html]


PERSON: Final = Place()
ORGANISATION: Final = Place()
CHALLENGE: Final = Place()
PATENT: Final = Place()
