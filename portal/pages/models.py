"""The page tree and the pictures and documents of editors (never anything confidential)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta, DefaultBasePageMixin
from wagtail.search import index

from portal.accounts.queries import nobody_is_here
from portal.kernel.models import PublicIdField

from . import queries
from .blocks import CONTENT_BLOCKS, HOME_BLOCKS


class BasePage(AbstractPage, DefaultBasePageMixin):
    """Every page of the tree: Wagtail's own fields and the public id by which search and the API name it."""

    public_id = PublicIdField()

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    promote_panels = DefaultBasePageMixin.promote_panels
    exclude_fields_in_copy = ["public_id"]
    is_creatable = False

    class Meta(AbstractPageMeta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_absolute_url(self) -> str:
        return self.get_url() or "/"


class HomePage(BasePage):
    """The first page: blocks of what editors say and of what is going on."""

    body = StreamField(HOME_BLOCKS, blank=True, verbose_name=_("sections"))

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.BasePage"]
    subpage_types = ["pages.ContentPage", "pages.IndexPage"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; the very first visitor of an empty portal is led to become its platform master."""
        if not request.user.is_authenticated and nobody_is_here():
            return redirect("accounts:first-person")
        return super().serve(request, *args, **kwargs)


class ContentPage(BasePage):
    """An article: about us, a guide, a rule of the house."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(CONTENT_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, "intro", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    subpage_types = ["pages.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class IndexPage(BasePage):
    """A shelf of articles, such as the guides."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, "intro"]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    subpage_types = ["pages.ContentPage", "pages.IndexPage"]

    class Meta:
        verbose_name = _("index page")
        verbose_name_plural = _("index pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "children": queries.children_to_read(self)}


class PortalImage(AbstractImage):
    """A picture for editorial pages, with the credit it must be shown with."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", _("Can choose image"))]


class PortalRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="pages_portalrendition_once"
            )
        ]


class PortalDocument(AbstractDocument):
    """A public document for editorial pages; confidential files are ``portal.files``'s business."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", _("Can choose document"))]
