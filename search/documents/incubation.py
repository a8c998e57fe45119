"""How ventures are found."""

from django.db.models import QuerySet

from portal.incubation.models import Venture
from search.documents import tokens
from search.documents.base import EVERYBODY, Audience, PortalDocument
from search.documents.fields import facet


class VentureDocument(PortalDocument):
    """A venture: public when it is shown to everyone, else for those who have a part in it and its sponsor."""

    KIND = "venture"

    state = facet()
    stage = facet()
    organisation = facet()
    industry = facet()

    @staticmethod
    def rows() -> QuerySet[Venture]:
        return Venture.objects.select_related("organisation").prefetch_related("members")

    @staticmethod
    def audience(obj: Venture) -> Audience:
        if obj.is_public:
            return EVERYBODY
        parts = tokens.people(member.user_id for member in obj.members.all())
        return Audience(frozenset({tokens.MASTER, tokens.owners(obj.organisation_id)} | parts))

    @staticmethod
    def prepare_summary(obj: Venture) -> str:
        return obj.summary

    @staticmethod
    def prepare_context(obj: Venture) -> str:
        return obj.organisation.name

    @staticmethod
    def prepare_organisation(obj: Venture) -> str:
        return obj.organisation.name

    @staticmethod
    def prepare_industry(obj: Venture) -> str:
        return obj.organisation.industry
