"""Publication numbers: one canonical form for whatever shape a source prints them in.

    parse("US 2020/0291424 A1")        → US-20200291424-A1
    parse("EP2400812", kind="B1")      → EP-2400812-B1
    parse("USD0534340-20070102.XML")   → US-D534340

Canonical is ``CC-DOCUMENT-KIND``: the office (WIPO ST.3), the document number without separators, and the kind code
(ST.16) where it is known. Years have four digits and serials a fixed width where an office numbers by year. What was
never published has no such number; it is named by its application (``APP``) or its owner's docket (``REF``), which
are no kind codes and so can collide with none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django_countries.data import COUNTRIES

LONGEST = 60
APPLICATION, DOCKET = "APP", "REF"

OFFICES = frozenset(COUNTRIES) | frozenset(
    ("AP", "BX", "CS", "DD", "EA", "EM", "EP", "GC", "IB", "OA", "QZ", "SU", "WO", "XN", "YU")
)
"""Two-letter codes of those who publish patents: countries, regional offices, states that are no more."""

_FILE_NAME = re.compile(r"(-\d{8})?\.XML$")
_CANONICAL = re.compile(r"([A-Z]{2})-([A-Z0-9]+)(?:-([A-Z]\d?|APP|REF))?$")
_TRAILING_KIND = re.compile(r"(?<=[0-9A-Z])[\s,./-]*([A-Z]\d?)$")
_LEADING_KIND = re.compile(r"([ABUY])[\s-]+(?=\d)")
_CHECK_DIGIT = re.compile(r"\d\.[\dX]$")
_SEPARATORS = re.compile(r"[\s,./-]+")
_DOCUMENT = re.compile(r"[A-Z]{0,3}\d[0-9A-Z]{0,17}$")


class NotANumber(ValueError):
    """The text cannot be read as the number of a publication."""


@dataclass(frozen=True, order=True)
class Number:
    """A canonical number; ``str()`` of it is what is stored and stands in URLs."""

    country: str
    document: str
    kind: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.country, self.document, self.kind) if part)

    @property
    def is_published(self) -> bool:
        """Whether an office has published it under this number."""
        return self.kind not in (APPLICATION, DOCKET)


def parse(raw: object, *, kind: str = "") -> Number:
    """The number that ``raw`` means; ``kind`` is the kind code when the source gives it apart.

    Raises ``NotANumber`` for everything else, whatever it is. ``parse(str(number)) == number`` always holds.
    """
    number = _read(_tidy(raw), _tidy(kind) if kind else "")
    if _read(str(number), "") != number:
        raise NotANumber  # what would read differently the second time is no number
    return number


def _read(text: str, apart: str) -> Number:
    if shaped := _CANONICAL.match(text):
        country, rest, own = shaped.group(1), shaped.group(2), shaped.group(3) or ""
        if own in (APPLICATION, DOCKET):
            return _checked(country, rest, own)
        if not own:
            rest, own = _split_kind(country, rest)
    else:
        country, rest = text[:2], _undoubled(text[:2], text[2:].lstrip(" -/."))
        rest, own = _split_kind(country, rest)
    return _checked(country, _document(country, rest), own or apart)


def canonical(raw: object, *, kind: str = "") -> str:
    """As ``parse``, as text; empty where there is no number to be read."""
    try:
        return str(parse(raw, kind=kind))
    except NotANumber:
        return ""


def of_application(country: str, serial: str) -> Number:
    """The name of an application that was never published, by its serial number (``13/756,855``).

    Raises ``NotANumber`` when there are no digits to go by.
    """
    series, slash, rest = _tidy(serial).replace(" ", "").replace(",", "").partition("/")
    digits = re.sub(r"\D", "", series + rest.zfill(6) if slash and rest else series)
    return _checked(country, digits, APPLICATION)


def of_docket(country: str, reference: str) -> Number:
    """The name of an invention known only by its owner's docket (``KSC-12236-2-PCT``)."""
    return _checked(country, re.sub(r"[^A-Z0-9]", "", _tidy(reference)), DOCKET)


def _tidy(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise NotANumber
    text = unicodedata.normalize("NFKC", raw).upper().strip().rstrip(" -,./")
    return _FILE_NAME.sub("", text)


def _undoubled(country: str, rest: str) -> str:
    """Some offices print the country twice: ``WOWO 95/11994``."""
    return rest[2:].lstrip(" -/.") if rest.startswith(country) else rest


def _split_kind(country: str, rest: str) -> tuple[str, str]:
    """``rest`` without its kind code, and the kind code; empty when it carries none."""
    if _CHECK_DIGIT.search(rest):
        raise NotANumber  # an application number with its check digit
    found = _TRAILING_KIND.search(rest)
    if found and any(sign.isdigit() for sign in rest[: found.start()]):
        return rest[: found.start()], found.group(1)
    if country in ("JP", "AU") and (found := _LEADING_KIND.match(rest)):
        return rest[found.end() :], found.group(1)
    return rest, ""


def _checked(country: str, document: str, kind: str) -> Number:
    if country not in OFFICES or len(document) > 20 or not re.search(r"[1-9]", document):
        raise NotANumber
    named = kind in (APPLICATION, DOCKET)
    if not document.isascii() or not (document.isalnum() if named else _DOCUMENT.match(document)):
        raise NotANumber
    if kind and not named and not re.match(r"[A-Z]\d?$", kind):
        raise NotANumber
    return Number(country, document, kind)


def _document(country: str, rest: str) -> str:
    """The document number in its office's fixed form."""
    return _BY_OFFICE.get(country, _plain)(rest.strip(" -,./"))


def _plain(rest: str) -> str:
    joined = _SEPARATORS.sub("", rest)
    return (joined.lstrip("0") or joined) if joined.isdigit() else joined


def _american(rest: str) -> str:
    """``2020/0291424`` and ``2020291424`` are applications of a year; ``D0534340`` is a design with idle zeros."""
    if by_year := re.match(r"(20\d\d)\D*(\d{6,7})$", rest):
        return by_year.group(1) + by_year.group(2).zfill(7)
    joined = _SEPARATORS.sub("", rest)
    if lettered := re.match(r"([A-Z]{1,2})0*(\d+)$", joined):
        return lettered.group(1) + lettered.group(2)
    return _plain(joined)


def _european(rest: str) -> str:
    joined = _SEPARATORS.sub("", rest)
    return joined.lstrip("0").zfill(7) if joined.isdigit() else joined


def _international(rest: str) -> str:
    """``95/11994``, ``02/102984`` and ``2004/005513`` are a year and a serial, with or without the slash."""
    if split := re.match(r"(\d{2}|\d{4})[\s,./-]+(\d{1,6})$", rest):
        return _year(split.group(1)) + split.group(2).zfill(6)
    joined = _SEPARATORS.sub("", rest)
    if long := re.match(r"((?:19|20)\d\d)(\d{5,6})$", joined):
        return long.group(1) + long.group(2).zfill(6)
    if short := re.match(r"(\d\d)(\d{5,6})$", joined):
        return _year(short.group(1)) + short.group(2).zfill(6)
    return joined


def _japanese(rest: str) -> str:
    """A year, of our era or an emperor's, and a serial of six digits."""
    if split := re.match(r"([HS]?\d{1,2}|(?:19|20)\d\d)[\s,./-]+(\d{1,6})$", rest):
        return split.group(1) + split.group(2).zfill(6)
    return _plain(rest)


def _korean(rest: str) -> str:
    """``10-2009-0123456`` is written 20090123456; ``10-0123456`` (a grant) keeps its 10."""
    joined = _SEPARATORS.sub("", rest)
    if published := re.match(r"10((?:19|20)\d\d\d{7})$", joined):
        return published.group(1)
    return _plain(joined)


def _year(digits: str) -> str:
    """International applications began in 1978."""
    return digits if len(digits) == 4 else ("19" if digits >= "78" else "20") + digits


_BY_OFFICE: dict[str, Callable[[str], str]] = {
    "US": _american,
    "EP": _european,
    "WO": _international,
    "JP": _japanese,
    "KR": _korean,
}
