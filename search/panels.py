"""Matches on the pages of what they are for, brought when they come into view."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.face import panels
from portal.kernel import kinds


def matches_panel(request: HttpRequest, obj: Any) -> SafeString:
    """The place for an object's matches, and the way to them without scripts."""
    given = {"kind": kinds.of(obj).name, "key": kinds.key(obj)}
    return SafeString(render_to_string("search/_match_panel.html", given, request))


def own_matches_panel(request: HttpRequest, obj: Any) -> SafeString | str:
    """What fits a person is shown to that person."""
    return matches_panel(request, obj) if obj == request.user else ""


panels.CHALLENGE.register("matches", matches_panel, order=50)
panels.PATENT.register("matches", matches_panel, order=50)
panels.PERSON.register("matches", own_matches_panel, order=50)
