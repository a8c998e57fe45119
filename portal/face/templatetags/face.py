"""The words templates use to speak the design's language. Built in: no ``{% load %}`` needed."""

from __future__ import annotations

import re
import uuid
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_currency
from django import forms, template
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import get_language, gettext, to_locale

from .. import frame, navigation
from ..tones import tone_of

register = template.Library()

HUES = 8


# --- things in the page ------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """The line icon ``name`` of ``face/icons.svg``; silent for screen readers unless it has a ``label``."""
    return _icon(name, str(label))


@lru_cache(maxsize=1_000)
def _icon(name: str, label: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" {} focusable="false"><use href="{}#{}"></use></svg>',
        spoken, static("face/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def idempotency_key(name: str = "idempotency_key") -> SafeString:
    """A hidden input with a key of its own: the same form sent twice has its effect once."""
    return format_html('<input type="hidden" name="{}" value="{}">', name, uuid.uuid4())


@register.simple_tag(takes_context=True)
def same_for_all(context: template.Context, template_name: str, place: str = "") -> SafeString:
    """A part of the frame that knows of its reader only which links of ``place`` are shown; written once."""
    return frame.written(template_name, place, (context.get("nav") or {}).get(place, ()))


@register.simple_tag
def fresh_id(prefix: str = "id") -> str:
    """An id that no other element of the page has."""
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


@register.simple_tag(takes_context=True)
def current(context: template.Context, url: str) -> SafeString:
    """``aria-current="page"`` when the page is at or below ``url``; nothing otherwise."""
    here = navigation.is_current(url, context["request"].path)
    return mark_safe('aria-current="page"') if here else mark_safe("")


@register.simple_tag(takes_context=True)
def way_back(context: template.Context) -> str:
    """The page of this portal that the reader came from; the home page when that is not known."""
    request = context["request"]
    came_from = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if known else "/"


@register.filter
def html_attrs(attrs: Mapping[str, Any]) -> SafeString:
    """What a component was given beyond its own words, as attributes with a space before each, values escaped.

    Cotton's own ``{{ attrs }}`` lets a value through that begins and ends with a quotation mark; this does not.
    """
    given = getattr(attrs, "attrs_dict", lambda: attrs)()
    parts = [_attribute(name, value) for name, value in given.items() if value is not None and value is not False]
    return mark_safe("".join(f" {part}" for part in parts))  # noqa: S308 - each part is escaped


def _attribute(name: str, value: Any) -> str:
    safe_name = conditional_escape(name)
    return safe_name if value is True else format_html('{}="{}"', safe_name, value)


@register.filter
def facet_options(options: Iterable[Any]) -> SafeString:
    """The values of a facet as items of its list. A page has a hundred of them, so no template is walked for each."""
    check = icon("check")
    items = (
        f'<li><a class="facets__option" href="{escape(option.url)}"{HERE if option.selected else ""}>'
        f'<span class="facets__box">{check if option.selected else ""}</span>'
        f'<span class="grow">{escape(option.label)}</span>'
        f'<span class="facets__count">{escape(option.count)}</span></a></li>'
        for option in options
    )
    return mark_safe("\n".join(items))  # noqa: S308 - each part is escaped


HERE = ' aria-current="true"'


# --- words and numbers -------------------------------------------------------------------------


@register.filter
def state_tone(state: object) -> str:
    """The tone in which a state shows: neutral, info, success, warning, danger, accent or violet."""
    return tone_of(state)


@register.filter
def filesize(size: int | None) -> str:
    """Bytes as people say them (“1.2 MB”); empty for nothing known."""
    return "" if size is None else filesizeformat(size)


@register.filter
def money(amount: Any, currency: str = "") -> str:
    """An amount with its currency as the reader's language writes it; whole amounts without a fraction.

    Takes a ``Money``, or a number with the currency's code: ``{{ reward|money }}``, ``{{ total|money:"EUR" }}``.
    """
    if amount is None or amount == "":
        return ""
    code = str(getattr(amount, "currency", currency))
    number = Decimal(str(getattr(amount, "amount", amount)))
    locale = Locale.parse(to_locale(get_language() or "en"))
    if number != number.to_integral_value():
        return format_currency(number, code, locale=locale)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(number, code, pattern, locale, currency_digits=False)


@register.filter
def relative(moment: datetime | None) -> SafeString:
    """How long ago or ahead ``moment`` is, with the exact time as its title; browsers keep it fresh."""
    if moment is None:
        return mark_safe("")
    return format_html(
        '<time datetime="{}" title="{}" data-relative>{}</time>', moment.isoformat(), exact(moment), distance(moment)
    )


@register.filter
def exact(moment: datetime, zone: str = "") -> str:
    """``moment`` to the minute with its zone named: “24 Nov 2026, 17:00 CET”."""
    local = timezone.localtime(moment, ZoneInfo(zone) if zone else None)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"


@register.filter
def distance(moment: datetime) -> str:
    """``moment`` against now in words: “3 days ago”, “in 2 hours”, “just now”."""
    now = timezone.now()
    if abs((now - moment).total_seconds()) < 60:
        return gettext("just now")
    if moment < now:
        return gettext("%(time)s ago") % {"time": timesince(moment, now, depth=1)}
    return gettext("in %(time)s") % {"time": timeuntil(moment, now, depth=1)}


@register.filter
def is_past(moment: datetime | None) -> bool:
    """Whether ``moment`` lies behind us."""
    return moment is not None and moment <= timezone.now()


@register.filter
def is_soon(moment: datetime | None, days: int = 3) -> bool:
    """Whether ``moment`` lies ahead, but by fewer than ``days``."""
    return moment is not None and timedelta(0) < moment - timezone.now() < timedelta(days=days)


@register.filter
def initials(name: object) -> str:
    """One or two letters for an avatar: first and last word's, or a Chinese name's last character."""
    words = str(name or "").split()
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][-1] if words[0] >= "\u2e80" else words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()


@register.filter
def hue(key: object) -> int:
    """A number below 8 that is always the same for ``key``: the colour of an avatar."""
    return zlib.crc32(str(key).encode()) % HUES


@register.filter
def shorten(text: object, length: int = 120) -> str:
    """At most ``length`` characters of ``text``, cut at a character with an ellipsis."""
    return Truncator(str(text)).chars(length)


@register.filter
def sentence_case(text: str) -> str:
    """“Sign In” as this portal writes it, “Sign in”; abbreviations, mark-up and other languages than English stay."""
    words = conditional_escape(text)
    if "<" in words or not (get_language() or "").startswith("en"):
        return words
    return mark_safe(_LATER_CAPITAL.sub(lambda capital: capital[0].lower(), words))  # noqa: S308 - letters alone change


_LATER_CAPITAL = re.compile(r"(?<=[\w);][ -])[A-Z](?=[a-z])")


# --- forms -------------------------------------------------------------------------------------

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.SelectMultiple, "multiple"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "several"),
)


@register.filter
def field_kind(field: forms.BoundField) -> str:
    """What sort of control a bound field is, for its mark-up: choices, checkbox, textarea, select, file, input …"""
    widget = field.field.widget
    return next((kind for known, kind in _KINDS if isinstance(widget, known)), "input")


@dataclass(frozen=True)
class Wrong:
    """One error of a form: what it says, and the control it is about (both empty for the form as a whole)."""

    text: str
    label: str = ""
    target: str = ""


@register.filter
def all_errors(form: Any) -> list[Wrong]:
    """Every error of ``form`` in the order of the page, those of the form as a whole first."""
    whole = [Wrong(str(error)) for error in form.non_field_errors()]
    hidden = [Wrong(f"{field.label}: {error}") for field in form.hidden_fields() for error in field.errors]
    shown = [Wrong(str(e), str(f.label), _target(f)) for f in form.visible_fields() for e in f.errors]
    return whole + hidden + shown


def _target(field: forms.BoundField) -> str:
    """The id to jump to: a group of choices has none of its own, so its first choice stands for it."""
    grouped = field_kind(field) == "choices"
    return f"{field.auto_id}_0" if grouped else str(field.id_for_label or field.auto_id)


@register.filter
def takes_files(form: Any) -> bool:
    """Whether ``form`` has to be sent as multipart."""
    return bool(form and form.is_multipart())


@register.simple_tag
def joined(separator: str, *words: object) -> SafeString:
    """``words`` that are not empty, escaped, with ``separator`` between."""
    return format_html_join(separator, "{}", ((word,) for word in words if word))
