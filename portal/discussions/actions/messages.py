"""Messages are said, put in other words, and taken back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked, require
from portal.kernel.errors import Refused, TooLarge
from portal.kernel.text import render_markdown

from .. import events, rules, signals
from ..calling import called
from ..enums import PhraseDeed
from ..models import EarlierText, Message, Room
from .calling import call
from .ordering import admit, refuse_muted
from .reading import advance
from .reporting import mind_phrase
from .revising import revise
from .watching import judged

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_CHARACTERS = 10_000


class RoomClosed(Refused):
    """Nothing more can be said in this room."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This room is closed: it can be read, and nothing more be said in it."), code="closed")


def post_message(
    room: Room,
    *,
    author: User,
    text: str,
    client_id: uuid.UUID | None = None,
    reply_to: int | None = None,
    at: datetime | None = None,
) -> Message:
    """Say ``text`` in ``room``, under the next number of its sequence, perhaps in answer to the message ``reply_to``.

    ``client_id`` makes a resend harmless: the same author's same id gives the message that is already there.
    ``at`` is for talk brought in from elsewhere. Those called by name are told. Raises ``Missing`` when the author may
    not write here, ``RoomClosed``, ``RoomLocked``, ``Muted``, ``TooFast``, ``TooLarge``, ``Watched`` for what the word
    list refuses, and ``Refused`` for an empty text or an answer to what is not there; then nothing has been written.
    """
    require(author, rules.can_write_in, room)
    wanted = client_id or uuid.uuid4()
    earlier = _said_before(room, author, wanted) if client_id else None
    if earlier is not None:
        return earlier
    words = _checked(text)
    deed = judged(words, spared=bool(rules.can_moderate(author, room)))
    answered = _answered(room, reply_to)
    names = called(words, room, author)
    html = render_markdown(names.text)
    moment = at or timezone.now()
    try:
        with transaction.atomic():
            numbered = _next_seq(room, moment)
            admit(numbered, author, moment)
            said = {
                "seq": numbered.seq,
                "client_id": wanted,
                "text": words,
                "html": html,
                "reply_to": answered,
                "created_at": moment,
                "hidden_at": moment if deed == PhraseDeed.HOLD else None,
            }
            message = Message.objects.create(room=room, author=author, **said)
            advance(room, author, message.seq)
            call(message, names)
            mind_phrase(message, deed)
            signals.message_posted.send(sender=Message, obj=message, actor=author)
            events.tell_posted(message)
    except IntegrityError:
        earlier = _said_before(room, author, wanted)
        if earlier is None:
            raise
        return earlier
    return message


def edit_message(message: Message, *, actor: User, text: str) -> Message:
    """Put ``message`` in other words; its place stays, and readers see that it was edited.

    Raises ``Missing`` unless it is the actor's own, in an open room and not removed.
    """
    words = _checked(text)
    names = called(words, message.room, actor)
    html = render_markdown(names.text)
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_edit_message, pk=message.pk)
        refuse_muted(locked.room, actor)
        if words != locked.text:
            deed = judged(words, spared=bool(rules.can_moderate(actor, locked.room)))
            EarlierText.objects.create(message=locked, html=locked.html)
            locked.text, locked.html, locked.edited_at = words, html, timezone.now()
            locked.hidden_at = locked.edited_at if deed == PhraseDeed.HOLD else None
            revise(locked, "text", "html", "edited_at", "hidden_at")
            call(locked, names)
            audit.record("message.edit", locked, actor=actor, digest=audit.digest(words))
            mind_phrase(locked, deed)
            events.tell_edited(locked)
    return locked


def remove_message(message: Message, *, actor: User) -> Message:
    """Take back what was said: its words are gone for good, its place says that something was removed.

    Raises ``Missing`` unless the actor wrote it or is a platform master.
    """
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_remove_message, pk=message.pk)
        digest = audit.digest(locked.text)
        locked.text, locked.html, locked.removed_at, locked.pinned_at = "", "", timezone.now(), None
        revise(locked, "text", "html", "removed_at", "pinned_at")
        for left in (locked.earlier_texts, locked.reactions, locked.mentions):
            left.all().delete()
        audit.record("message.remove", locked, actor=actor, digest=digest)
        signals.message_removed.send(sender=Message, obj=locked, actor=actor)
        events.tell_removed(locked)
    return locked


def _whole() -> Any:
    return Message.objects.select_related("room__content_type", "author")


def _answered(room: Room, seq: int | None) -> Message | None:
    """The message that is answered: the first of its thread, for threads do not branch."""
    if seq is None:
        return None
    found = room.messages.select_related("reply_to", "author").filter(seq=seq).first()
    if found is None:
        raise Refused(_("The message you answer is not in this room."), code="bad_reply", field="reply_to")
    return found.reply_to or found


def _said_before(room: Room, author: User, client_id: uuid.UUID) -> Message | None:
    found = Message.objects.filter(author=author, client_id=client_id).select_related("room", "author").first()
    if found is not None and found.room_id != room.pk:
        raise Refused(_("This message was already sent to another room."), code="conflict")
    return found


def _checked(text: str) -> str:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Write something first."), code="empty", field="text")
    if len(words) > MOST_CHARACTERS:
        raise TooLarge(_("A message may have at most 10,000 characters."))
    return words


def _next_seq(room: Room, moment: datetime) -> Room:
    """The room under its next number, its row locked until the transaction ends."""
    numbered = Room.objects.filter(pk=room.pk, closed_at__isnull=True).update(seq=F("seq") + 1, active_at=moment)
    if not numbered:
        raise RoomClosed
    return Room.objects.get(pk=room.pk)
