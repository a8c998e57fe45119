"""What editors keep for search, in the editorial admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Groups of words that find one another; a change is known to every question within seconds."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Synonyms")
    add_to_admin_menu = True
    menu_order = 330
    list_display = ("words",)
    search_fields = ("words",)
    form_fields = ("words",)


register_snippet(SynonymGroupViewSet)
