"""Blocks of the home page: what editors arrange, filled with what is going on at this moment."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .. import queries
from .editorial import CONTENT_BLOCKS

POSITIONS: Final = [
    ("building", _("Building: micro-owner")),
    ("lightbulb", _("Light bulb: creator")),
    ("shield", _("Shield: platform master")),
    ("award", _("Award")),
    ("rocket", _("Rocket")),
    ("handshake", _("Handshake")),
]


class LinkBlock(blocks.StructBlock):
    """A button: a page of the tree, or an address of the portal."""

    label = blocks.CharBlock(max_length=60, label=_("Label"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False, max_length=200, label=_("or address"), help_text=_("Such as /challenges/ or https://…")
    )


class HeroBlock(blocks.StructBlock):
    """The first thing a visitor reads, with the search box."""

    kicker = blocks.CharBlock(required=False, max_length=80, label=_("Above the title"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    lead = blocks.TextBlock(required=False, max_length=300, label=_("Lead"))
    search = blocks.CharBlock(required=False, max_length=80, label=_("Words in the search box"))
    links = blocks.ListBlock(LinkBlock(), max_num=3, default=[], label=_("Buttons"))

    class Meta:
        icon = "home"
        label = _("Hero")
        template = "pages/blocks/hero.html"


class NumbersBlock(blocks.StructBlock):
    """How much is on the portal, counted now."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "order"
        label = _("Numbers")
        template = "pages/blocks/numbers.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "numbers": queries.numbers()}


class OpenChallengesBlock(blocks.StructBlock):
    """The challenges that can be answered now, the next deadline first."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    number = blocks.IntegerBlock(default=6, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "pick"
        label = _("Open challenges")
        template = "pages/blocks/open_challenges.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.challenges_to_show(value["number"])
        return {**super().get_context(value, parent_context), "challenges": found}


class PositionBlock(blocks.StructBlock):
    """One position on the portal, and what it does."""

    icon = blocks.ChoiceBlock(choices=POSITIONS, default="lightbulb", label=_("Sign"))
    name = blocks.CharBlock(max_length=60, label=_("Position"))
    promise = blocks.CharBlock(max_length=160, label=_("In one line"))
    steps = blocks.ListBlock(blocks.CharBlock(max_length=160), min_num=1, max_num=5, label=_("Steps"))
    link = LinkBlock(label=_("Button"))


class PositionsBlock(blocks.StructBlock):
    """How it works, for each position."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    positions = blocks.ListBlock(PositionBlock(), min_num=1, max_num=4, label=_("Positions"))

    class Meta:
        icon = "group"
        label = _("How it works")
        template = "pages/blocks/positions.html"


class NewestPatentsBlock(blocks.StructBlock):
    """The latest publications in the pool."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    number = blocks.IntegerBlock(default=4, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "doc-full"
        label = _("Newest patents")
        template = "pages/blocks/newest_patents.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.newest_patents(value["number"])
        return {**super().get_context(value, parent_context), "patents": found}


class InvitationBlock(blocks.StructBlock):
    """The last word: what to do next."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(required=False, max_length=300, label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), min_num=1, max_num=2, label=_("Buttons"))

    class Meta:
        icon = "mail"
        label = _("Invitation to take part")
        template = "pages/blocks/invitation.html"


HOME_BLOCKS: Final = [
    ("hero", HeroBlock()),
    ("numbers", NumbersBlock()),
    ("open_challenges", OpenChallengesBlock()),
    ("positions", PositionsBlock()),
    ("newest_patents", NewestPatentsBlock()),
    ("invitation", InvitationBlock()),
    *CONTENT_BLOCKS,
]
