"""What is found: one declaration for each document, for every engine."""

from collections.abc import Iterable
from typing import Any

from search.documents.accounts import OrganisationDocument, PersonDocument
from search.documents.base import PortalDocument
from search.documents.challenges import (
    AbstractSubmissionDocument,
    ChallengeDocument,
    TeamsSubmissionDocument,
    UnsealedSubmissionDocument,
)
from search.documents.discussions import MessageDocument
from search.documents.incubation import VentureDocument
from search.documents.pages import PageDocument
from search.documents.patents import LicenceOfferDocument, LicenceRequestDocument, PatentDocument

DOCUMENTS: tuple[type[PortalDocument], ...] = (
    ChallengeDocument,
    PatentDocument,
    LicenceOfferDocument,
    VentureDocument,
    OrganisationDocument,
    PersonDocument,
    MessageDocument,
    PageDocument,
    TeamsSubmissionDocument,
    UnsealedSubmissionDocument,
    AbstractSubmissionDocument,
    LicenceRequestDocument,
)
"""Every document there is, in the order in which kinds are shown."""

KINDS: tuple[str, ...] = tuple(dict.fromkeys(document.KIND for document in DOCUMENTS))


def documents_of(kind: str) -> tuple[type[PortalDocument], ...]:
    """The documents an object of this kind may have; none for a kind that is not searched."""
    return tuple(document for document in DOCUMENTS if kind == document.KIND)


def sources_of(obj: Any, kind: str) -> Iterable[dict[str, Any]]:
    """The documents that an object has now."""
    return (document.source(obj) for document in documents_of(kind) if document.eligible(obj))
