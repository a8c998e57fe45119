"""What people write, made safe to show: Markdown to HTML, once, when it is saved."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from .errors import TooLarge

MOST_CHARACTERS = 20_000
MOST_BRACKETS = 2_000

TAGS = {
    "p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "a",
    "ul", "ol", "li", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow noopener noreferrer"

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def render_markdown(source: str) -> SafeString:
    """``source`` as HTML that carries no script, style, image or foreign attribute.

    Raises ``TooLarge`` past 20,000 characters, and past the number of brackets that Markdown parsers choke on.
    """
    if len(source) > MOST_CHARACTERS:
        raise TooLarge(_("A text may have at most 20,000 characters."))
    if source.count("[") > MOST_BRACKETS:
        raise TooLarge(_("This text has more brackets than any reader could follow."))
    return clean_html(_lower_headings(_markdown.render(source)))


def clean_html(html: str) -> SafeString:
    """``html`` with nothing in it but plain text structure; links leave without passing on where from."""
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL)
    return mark_safe(clean)  # noqa: S308 - nh3 is what makes it safe


def plain_text(html: str) -> str:
    """The words of ``html`` without any mark-up, white space folded."""
    return " ".join(nh3.clean(html, tags=set()).split())


def _lower_headings(html: str) -> str:
    """The page has its own first heading: a text's headings begin at the second level."""
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 1}>").replace(f"</h{level}>", f"</h{level + 1}>")
    return html
