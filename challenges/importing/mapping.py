"""What a foreign row means here: its texts made safe, its dates and prize understood, its state by its dates."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape
from djmoney.money import Money

from portal.kernel.text import clean_html, plain_text

from ..enums import ChallengeKind, ChallengeState
from .reading import Unreadable

FORMATS = ("%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%d.%m.%Y", "%Y.%m.%d", "%Y%m%d")
MOST_HTML, MOST_TEXT = 200_000, 20_000
LONG_AGO = timedelta(days=365)
KINDS = (
    ("prototype", ChallengeKind.PROTOTYPE),
    ("design", ChallengeKind.CREATIVE_DESIGN),
    ("idea", ChallengeKind.IDEATION),
)


@dataclass(frozen=True)
class Foreign:
    """A row understood: the columns of the challenge, and what it offers."""

    source: str
    source_id: str
    fields: dict[str, Any]
    reward: Money | None


def understood(row: dict[str, Any], now: datetime) -> Foreign:
    """The meaning of ``row``. Raises ``Unreadable`` for one without a title or a number at its source."""
    title, number = _text(row, "title")[:200], _text(row, "id")[:200]
    if not title or not number:
        raise Unreadable("no title or no id")
    opens_at, closes_at = moment(row.get("opens")), moment(row.get("closes"))
    if opens_at and closes_at and opens_at >= closes_at:
        opens_at = None
    html = _html(row)
    fields = {
        "title": title,
        "kind": _kind(row),
        "summary": plain_text(_text(row, "summary"))[:600],
        "problem": plain_text(html)[:MOST_TEXT],
        "problem_html": html,
        "sponsor": _text(row, "sponsor")[:300],
        "keywords": [str(word)[:60] for word in row["keywords"][:12]] if isinstance(row.get("keywords"), list) else [],
        "opens_at": opens_at,
        "closes_at": closes_at,
        "published_at": min(opens_at or closes_at or now, now),
        "state": _state(closes_at, now),
        "source_url": _url(row),
        "source_licence": _text(row, "licence")[:100],
        "source_sha256": hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest(),
    }
    return Foreign(_text(row, "source")[:40] or "import", number, fields, _prize(row))


def moment(value: Any) -> datetime | None:
    """A date in any of the formats the sources use, as a moment in UTC; None for what is no date."""
    text = str(value or "").strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = next((parsed for form in FORMATS if (parsed := _parsed(text, form))), None)  # type: ignore[assignment]
    if found is None or not 1900 < found.year < 2200:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return str(value).replace("\x00", "").strip() if isinstance(value, str | int) else ""


def _html(row: dict[str, Any]) -> str:
    given = _text(row, "description_html")[:MOST_HTML]
    if given:
        return str(clean_html(given))
    paragraphs = (part.strip() for part in _text(row, "description")[:MOST_TEXT].splitlines())
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)


def _kind(row: dict[str, Any]) -> ChallengeKind:
    said = _text(row, "kind").lower()
    return next((kind for word, kind in KINDS if word in said), ChallengeKind.TECHNOLOGICAL_SOLUTION)


def _state(closes_at: datetime | None, now: datetime) -> ChallengeState:
    """Open before its deadline, closed after it, put away when that is long ago or was never known."""
    if closes_at is None or closes_at < now - LONG_AGO:
        return ChallengeState.ARCHIVED
    return ChallengeState.OPEN if closes_at > now else ChallengeState.CLOSED


def _url(row: dict[str, Any]) -> str:
    url = _text(row, "url")
    try:
        is_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return ""
    return url if is_web and len(url) <= 1000 else ""


def _prize(row: dict[str, Any]) -> Money | None:
    try:
        amount = Decimal(str(row.get("prize") or "0").replace(",", "")).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        return None
    currency = _text(row, "currency")
    known = currency if currency in settings.CURRENCIES else "USD"
    return Money(amount, known) if amount.is_finite() and 0 < amount < 10**12 else None
