"""Taking a message's words from readers' eyes, and giving them back: the steps that decisions are made of.

Each is part of the present transaction, which has locked the message.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.kernel import audit
from portal.kernel.text import render_markdown

from .. import events, signals
from ..models import Message
from .revising import revise


def conceal(message: Message, *, actor: Any) -> None:
    """Hide the words of ``message`` from all but its author and the moderators. Twice is once."""
    if not message.is_shown:
        return
    message.hidden_at = timezone.now()
    revise(message, "hidden_at")
    audit.record("message.hide", message, actor=actor)
    signals.message_hidden.send(sender=Message, obj=message, actor=actor)
    events.tell_hidden(message)


def reveal(message: Message, *, actor: Any) -> None:
    """Show the words of ``message`` again."""
    if message.is_removed or not message.is_hidden:
        return
    message.hidden_at = None
    revise(message, "hidden_at")
    audit.record("message.unhide", message, actor=actor)
    signals.message_shown.send(sender=Message, obj=message, actor=actor)
    events.tell_hidden(message)


def erase(message: Message, *, actor: Any) -> str:
    """Remove the words of ``message``, and return them."""
    words = message.text
    if message.is_removed:
        return ""
    message.text, message.html, message.removed_at, message.pinned_at = "", "", timezone.now(), None
    revise(message, "text", "html", "removed_at", "pinned_at")
    for left in (message.earlier_texts, message.reactions, message.mentions):
        left.all().delete()
    audit.record("message.remove", message, actor=actor, digest=audit.digest(words))
    signals.message_removed.send(sender=Message, obj=message, actor=actor)
    events.tell_removed(message)
    return words


def restore(message: Message, words: str, *, actor: Any) -> None:
    """Let a removed message say ``words`` again, where they are still known."""
    if not message.is_removed or not words:
        return
    message.text, message.html = words, render_markdown(words)
    message.removed_at = message.hidden_at = None
    revise(message, "text", "html", "removed_at", "hidden_at")
    audit.record("message.restore", message, actor=actor, digest=audit.digest(words))
    signals.message_shown.send(sender=Message, obj=message, actor=actor)
    events.tell_hidden(message)
