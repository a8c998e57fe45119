"""What every document has, and the rules of the house for them.

A document holds only what *everyone admitted to it* may read. Whom it admits stands in ``allow`` and ``deny``: a viewer
sees it when one of their tokens is in ``allow`` and none in ``deny``. What an object shows to some only is a document
of its own (another ``part``), and the richer document's readers are denied the poorer, so each viewer meets an object
at most once and totals need no collapsing.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

import orjson
from django.db.models import Model, QuerySet
from elasticsearch_dsl import Document

from search.documents.fields import facet, moment, prose, token

LONGEST_PROSE = 40_000
PUBLIC = "public"

Source = dict[str, Any]


@dataclass(frozen=True)
class Audience:
    """Who may read a document: holders of a token in ``allow``, unless they hold one in ``deny``."""

    allow: frozenset[str]
    deny: frozenset[str] = frozenset()

    def admits(self, tokens: Iterable[str]) -> bool:
        """The rule the engines apply inside their queries."""
        held = frozenset(tokens)
        return bool(self.allow & held) and not self.deny & held


EVERYBODY = Audience(frozenset({PUBLIC}))


class PortalDocument(Document):
    """The fields that all documents share; a kind adds its own facets.

    Each field is filled by ``prepare_<field>(obj)``, a pure function of the object, or by the object's attribute of
    the same name. ``KIND`` and ``PART`` name the document: its key is ``kind:pk`` or ``kind:pk:part``.
    ``SHOWN_WITH`` names the relations that are read to show a hit of it, ``SHOWN`` the columns, if not all.
    """

    key = token()
    kind = facet()
    part = token()
    allow = token()
    deny = token()
    title = prose(2.5)
    summary = prose(2)
    body = prose(1)
    context = prose(1)
    updated_at = moment()

    KIND: ClassVar[str]
    PART: ClassVar[str] = ""
    SHOWN_WITH: ClassVar[tuple[str, ...]] = ()
    SHOWN: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def rows() -> QuerySet[Any]:
        """Every row of the kind that may be found, with all that preparing its documents reads: no query a row."""
        raise NotImplementedError

    @staticmethod
    def eligible(obj: Any) -> bool:
        """Whether the row has this document, whoever may read it."""
        return True

    @staticmethod
    def still_found(rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows``, which somebody may see, that are to be found at this moment: the index may be late."""
        return rows

    @staticmethod
    def audience(obj: Any) -> Audience:
        """Who may read the document; over all documents of a row it agrees with the model's ``visible_to``."""
        return EVERYBODY

    @staticmethod
    def prepare_summary(obj: Any) -> str:
        """A few sentences; empty unless the kind has them."""
        return ""

    @staticmethod
    def prepare_body(obj: Any) -> str:
        """The long text; empty unless the kind has one."""
        return ""

    @staticmethod
    def prepare_context(obj: Any) -> str:
        """Words by which it is looked for but which are no text of its own: names, numbers, keywords."""
        return ""

    @classmethod
    def key_of(cls, pk: Any) -> str:
        """The document's key for an object's primary key."""
        return ":".join(filter(None, (cls.KIND, str(pk), cls.PART)))

    @classmethod
    def source(cls, obj: Model) -> Source:
        """The document of an object as plain values: strings, lists of strings, whole numbers and times."""
        audience = cls.audience(obj)
        own = {
            "key": cls.key_of(obj.pk),
            "kind": cls.KIND,
            "part": cls.PART,
            "allow": sorted(audience.allow),
            "deny": sorted(audience.deny),
        }
        names = (name for name in field_names(cls) if name not in own)  # type: ignore[arg-type]
        return own | {name: plain(_prepared(cls, name, obj)) for name in names}


@lru_cache(maxsize=100)
def field_names(document: type[PortalDocument]) -> tuple[str, ...]:
    """The names of a document's fields, sorted: a mapping has them in another order in every process."""
    return tuple(sorted(document._doc_type.mapping.to_dict()["properties"]))


def _prepared(document: type[PortalDocument], name: str, obj: Model) -> Any:
    prepare = getattr(document, f"prepare_{name}", None)
    return prepare(obj) if prepare else getattr(obj, name)


def plain(value: Any) -> Any:
    """A value as documents hold it: text composed and cut to size, lists sorted, without blanks; the rest as it is."""
    if value is None or isinstance(value, datetime | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value[:LONGEST_PROSE])
    if isinstance(value, Iterable):
        return sorted({str(item) for item in value if item not in (None, "")})
    return str(value)


def digest(source: Mapping[str, Any]) -> str:
    """A fingerprint of a document's content, the same for the same content: for finding drift."""
    return hashlib.sha256(orjson.dumps(source, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
