"""Muting on any page: ``{% load notifications %}{% mute_button challenge %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from portal.kernel import kinds

from .. import queries

register = template.Library()


@register.inclusion_tag("notifications/_mute.html", takes_context=True)
def mute_button(context: template.Context, obj: Model) -> dict[str, Any]:
    """A way to hear no more of ``obj``, or to hear of it again; nothing for those who are not signed in."""
    request = context["request"]
    if not request.user.is_authenticated:
        return {"thread": ""}
    thread = f"{kinds.of(obj).name}:{kinds.key(obj)}"
    return {"thread": thread, "muted": queries.is_muted(thread, request.user), "request": request}
