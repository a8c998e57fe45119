"""The gate criteria in the editorial admin, for the platform master to set."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import GateCriterion


class GateCriterionViewSet(SnippetViewSet):
    """A list of criteria by gate; what is changed here is asked of reviews opened from then on."""

    model = GateCriterion
    icon = "list-ul"
    menu_label = _("Gate criteria")
    add_to_admin_menu = True
    menu_order = 320
    list_display = ("text", "stage", "weight", "position", "is_asked")
    list_filter = ("stage", "weight", "is_asked")
    form_fields = ("stage", "text", "weight", "position", "is_asked")


register_snippet(GateCriterionViewSet)
