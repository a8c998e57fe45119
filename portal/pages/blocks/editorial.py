"""Blocks that hold what editors write: text, pictures, callouts, questions and answers."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

FEATURES: Final = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "code"]
TONES: Final = [("info", _("Information")), ("success", _("Good news")), ("warning", _("Warning"))]


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its description and an optional caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"


class CalloutBlock(blocks.StructBlock):
    """A few words that stand out."""

    tone = blocks.ChoiceBlock(choices=TONES, default="info", label=_("Tone"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "pages/blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(max_length=200, label=_("Question"))
    answer = blocks.RichTextBlock(features=["bold", "italic", "link", "ul", "ol"], label=_("Answer"))


class QuestionsBlock(blocks.StructBlock):
    """Frequent questions; each answer unfolds."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "pages/blocks/questions.html"


CONTENT_BLOCKS: Final = [
    ("text", TextBlock(features=FEATURES)),
    ("picture", PictureBlock()),
    ("callout", CalloutBlock()),
    ("questions", QuestionsBlock()),
]
