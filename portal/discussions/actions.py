"""What happens in rooms: opened, talked in, corrected, read, closed. The same from page, socket, API and shell."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked, require
from portal.kernel.errors import Refused, TooLarge
from portal.kernel.text import render_markdown

from . import events, rules, signals
from .audiences import COMMUNITY, find
from .models import Message, ReadPointer, Room

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_CHARACTERS = 10_000


class RoomClosed(Refused):
    """Nothing more can be said in this room."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This room is closed: it can be read, and nothing more be said in it."), code="closed")


# --- rooms -------------------------------------------------------------------------------------


def open_room(audience: str, subject: Model, title: str, *, actor: User | None = None) -> Room:
    """The room of ``audience`` about ``subject``, made if there was none; its title follows ``title``.

    Called by the app that the subject belongs to, which knows that it is time. Raises ``ValueError`` for an
    audience that nobody registered.
    """
    found = find(audience)
    if found is None or found.readable_ids is None:
        raise ValueError(f"no audience for rooms about something: {audience!r}")
    about = {"content_type": ContentType.objects.get_for_model(subject), "object_id": subject.pk}
    with transaction.atomic():
        room, made = Room.objects.get_or_create(audience=audience, **about, defaults={"title": title[:200]})
        if made:
            _opened(room, actor)
        elif room.title != title[:200]:
            room.title = title[:200]
            room.save(update_fields=["title", "updated_at"])
    return room


def found_community_room(title: str, *, actor: User) -> Room:
    """A room about whatever its title says, for everybody to read and every member to write in.

    Raises ``Missing`` unless ``actor`` is a platform master.
    """
    require(actor, rules.can_found_room, None)
    with transaction.atomic():
        room = Room.objects.create(audience=COMMUNITY.name, title=title)
        _opened(room, actor)
    return room


def close_room(room: Room, *, actor: User) -> Room:
    """End the talk in ``room``: everyone is let go at once, and it stays as a page to read. Twice is once.

    Raises ``Missing`` unless ``actor`` may.
    """
    require(actor, rules.can_close_room, room)
    with transaction.atomic():
        if Room.objects.filter(pk=room.pk, closed_at__isnull=True).update(closed_at=timezone.now()):
            audit.record("room.close", room, actor=actor)
            signals.room_closed.send(sender=Room, obj=room, actor=actor)
            events.tell_closed(room)
    room.refresh_from_db(fields=["closed_at"])
    return room


def _opened(room: Room, actor: User | None) -> None:
    audit.record("room.open", room, actor=actor, audience=room.audience)
    signals.room_opened.send(sender=Room, obj=room, actor=actor)


# --- messages ----------------------------------------------------------------------------------


def post_message(
    room: Room, *, author: User, text: str, client_id: uuid.UUID | None = None, at: datetime | None = None
) -> Message:
    """Say ``text`` in ``room``, under the next number of its sequence.

    ``client_id`` makes a resend harmless: the same author's same id gives the message that is already there.
    ``at`` is for talk brought in from elsewhere. Raises ``Missing`` when the author may not write here,
    ``RoomClosed``, ``TooLarge``, and ``Refused`` for an empty text; then nothing has been written.
    """
    require(author, rules.can_write_in, room)
    wanted = client_id or uuid.uuid4()
    earlier = _said_before(room, author, wanted) if client_id else None
    if earlier is not None:
        return earlier
    words = _checked(text)
    html = render_markdown(words)
    moment = at or timezone.now()
    try:
        with transaction.atomic():
            said = {
                "seq": _next_seq(room, moment),
                "client_id": wanted,
                "text": words,
                "html": html,
                "created_at": moment,
            }
            message = Message.objects.create(room=room, author=author, **said)
            _advance(room, author, message.seq)
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
    html = render_markdown(words)
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_edit_message, pk=message.pk)
        if words != locked.text:
            locked.text, locked.html, locked.edited_at = words, html, timezone.now()
            locked.save(update_fields=["text", "html", "edited_at"])
            audit.record("message.edit", locked, actor=actor, digest=audit.digest(words))
            events.tell_edited(locked)
    return locked


def remove_message(message: Message, *, actor: User) -> Message:
    """Take back what was said: its words are gone for good, its place says that something was removed.

    Raises ``Missing`` unless the actor wrote it or is a platform master.
    """
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_remove_message, pk=message.pk)
        digest = audit.digest(locked.text)
        locked.text, locked.html, locked.removed_at = "", "", timezone.now()
        locked.save(update_fields=["text", "html", "removed_at"])
        audit.record("message.remove", locked, actor=actor, digest=digest)
        signals.message_removed.send(sender=Message, obj=locked, actor=actor)
        events.tell_removed(locked)
    return locked


def mark_read(room: Room, *, user: User, seq: int) -> int:
    """Note that ``user`` has read ``room`` up to ``seq``, and return how far they have read it now.

    Never goes back, and never past the newest message. Raises ``Missing`` when they may not read it.
    """
    require(user, rules.can_read_room & rules.is_reader, room)
    reached = min(seq, Room.objects.values_list("seq", flat=True).get(pk=room.pk))
    with transaction.atomic():
        if _advance(room, user, reached):
            events.tell_read(room, user, reached)
    return reached


def _whole() -> Any:
    return Message.objects.select_related("room", "author")


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


def _next_seq(room: Room, moment: datetime) -> int:
    """The next number, the room's row locked until the transaction ends."""
    numbered = Room.objects.filter(pk=room.pk, closed_at__isnull=True).update(seq=F("seq") + 1, active_at=moment)
    if not numbered:
        raise RoomClosed
    return Room.objects.values_list("seq", flat=True).get(pk=room.pk)


def _advance(room: Room, user: User, seq: int) -> bool:
    """Move the pointer forward to ``seq``; False when it was there already."""
    pointer, made = ReadPointer.objects.get_or_create(user=user, room=room, defaults={"seq": seq})
    if made:
        return True
    return bool(ReadPointer.objects.filter(pk=pointer.pk, seq__lt=seq).update(seq=seq))
