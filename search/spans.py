"""The ranges by which results are narrowed: between two amounts or two days, either end open, both ends within."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.documents import documents_of
from search.documents.base import field_names

AMOUNT, DAY = "amount", "day"
LARGEST = 10**15

Label = str | Promise


class NotUnderstood(ValueError):
    """The text is no end of such a range."""


@dataclass(frozen=True)
class Range:
    """What can be narrowed to a range, the field that holds it, and whether no kind need be chosen first."""

    name: str
    field: str
    label: Label
    sort: str = DAY
    everywhere: bool = False

    def end(self, text: str) -> str:
        """One end as it stands in addresses: a whole number, or a day as ISO 8601 has it. Raises ``NotUnderstood``."""
        try:
            return _amount(text) if self.sort == AMOUNT else date.fromisoformat(text.strip()).isoformat()
        except ValueError:
            raise NotUnderstood(text) from None


@dataclass(frozen=True)
class Span:
    """A range that was chosen. An end that is empty is open."""

    range: Range
    low: str = ""
    high: str = ""

    @property
    def ends(self) -> tuple[int | datetime | None, int | datetime | None]:
        """Both ends as values of the field: whole numbers, or the first and the last moment of the days, in UTC."""
        if self.range.sort == AMOUNT:
            return (int(self.low) if self.low else None), (int(self.high) if self.high else None)
        return _moment(self.low, time.min), _moment(self.high, time.max)

    def __str__(self) -> str:
        shown = [_shown(self.range, end) for end in (self.low, self.high)]
        if not self.low:
            return _("%(what)s up to %(high)s") % {"what": self.range.label, "high": shown[1]}
        if not self.high:
            return _("%(what)s from %(low)s") % {"what": self.range.label, "low": shown[0]}
        return f"{self.range.label} {shown[0]} – {shown[1]}"


RANGES: Mapping[str, Range] = {
    each.name: each
    for each in (
        Range("reward", "reward", _("Reward"), AMOUNT),
        Range("deadline", "deadline", _("Deadline")),
        Range("date", "updated_at", _("Date"), everywhere=True),
    )
}


def offered(kinds: tuple[str, ...]) -> list[Range]:
    """The ranges that make sense for these kinds: the general ones, and those of the one kind chosen."""
    fields = set(field_names(documents_of(kinds[0])[0])) if len(kinds) == 1 else set()  # type: ignore[arg-type]
    return [each for each in RANGES.values() if each.everywhere or each.field in fields]


def _amount(text: str) -> str:
    try:
        value = Decimal(text.strip().replace(" ", "").replace(",", "").replace("_", ""))
        fits = 0 <= value <= LARGEST
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not fits:
        raise ValueError(text)
    return str(int(value))


def _moment(day: str, at: time) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), at, UTC) if day else None


def _shown(narrowed: Range, end: str) -> str:
    if not end:
        return ""
    return f"{int(end):,}" if narrowed.sort == AMOUNT else date_format(date.fromisoformat(end), "DATE_FORMAT")
