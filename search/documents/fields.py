"""The kinds of field a document may have. Hints for search stand in the mapping's ``meta``, so every engine reads one
declaration: ``weight`` (how much a match here counts) and ``facet`` (its values are offered as a filter).
"""

from typing import Any

from elasticsearch_dsl import Date, Keyword, Long, Text

from search import analysis


def prose(weight: float) -> Text:
    """Text people wrote: found by stem, by exact word, by beginning and by phrase."""
    return Text(
        analyzer=analysis.STEMMED,
        fields={"exact": Text(analyzer=analysis.EXACT)},
        meta={"weight": str(weight)},
    )


def token(**extra: Any) -> Keyword:
    """A value that is compared whole and never shown."""
    return Keyword(**extra)


def facet() -> Keyword:
    """One or several values by which results are narrowed, with counts."""
    return Keyword(meta={"facet": "yes"})


def amount() -> Long:
    """A whole number, by which results may be sorted and narrowed to a range."""
    return Long()


def moment() -> Date:
    """A time, in UTC, by which results may be sorted."""
    return Date()
