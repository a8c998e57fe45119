"""Fields of a JSON record, each taken for what it must be or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .dates import read_day
from .rows import Unusable
from .texts import plain, plain_or_nothing

MOST_ITEMS = 5_000
UNSET_DAYS = frozenset({"1970-01-01", "0000-00-00"})
"""What systems write when nobody filled in the day."""


class Fields:
    """A record as JSON gave it, with the checks of its fields. Every method raises ``Unusable`` naming the field."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def text(self, name: str, longest: int) -> str:
        """A text without mark-up; empty when absent or null."""
        value = self._of_type(name, str, "")
        cleaned = plain_or_nothing(value)
        if len(cleaned) > longest:
            raise Unusable(f"{name} is longer than {longest} characters")
        return cleaned

    def texts(self, name: str, longest: int) -> tuple[str, ...]:
        """A list of texts without mark-up, each once, in order; empty when absent or null."""
        values = self._of_type(name, list, [])
        if len(values) > MOST_ITEMS:
            raise Unusable(f"{name} has more than {MOST_ITEMS} entries")
        if not all(isinstance(value, str) for value in values):
            raise Unusable(f"{name} must be a list of texts")
        cleaned = tuple(dict.fromkeys(filter(None, map(plain, values))))
        if any(len(value) > longest for value in cleaned):
            raise Unusable(f"an entry of {name} is longer than {longest} characters")
        return cleaned

    def day(self, name: str) -> date | None:
        """A day; None when absent, null, or what systems write for "not filled in"."""
        value = self._of_type(name, str, "").strip()
        if value in UNSET_DAYS or value.casefold() == "na":
            return None
        try:
            return read_day(value)
        except ValueError:
            raise Unusable(f"{name} is not a day: {value[:40]!r}") from None

    def flag(self, name: str, *, absent: bool) -> bool:
        """True or false."""
        return bool(self._of_type(name, bool, absent))

    def _of_type(self, name: str, expected: type, absent: Any) -> Any:
        value = self.raw.get(name)
        if value is None:
            return absent
        if not isinstance(value, expected):
            raise Unusable(f"{name} must be {_IN_WORDS[expected]}")
        return value


_IN_WORDS = {str: "a text", list: "a list of texts", bool: "true or false"}
