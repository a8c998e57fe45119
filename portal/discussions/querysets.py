"""Which rooms and messages somebody may see: the twins of ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from . import audiences
from .enums import WAITING, CaseState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.contenttypes.models import ContentType

    from portal.accounts.querysets import Viewer


class RoomQuerySet(QuerySet["Room"]):  # type: ignore[name-defined]
    """Rooms."""

    def visible_to(self, user: Viewer) -> Self:
        """Those in whose audience ``user`` is."""
        seen = Q(pk__in=[])
        for audience in audiences.all_audiences():
            if audience.readable_ids is not None:
                seen |= Q(audience=audience.name, object_id__in=audience.readable_ids(user))
            elif audience.can_read(user, None):
                seen |= Q(audience=audience.name, object_id__isnull=True)
        return self.filter(seen)

    def private_to(self, user: Viewer) -> Self:
        """Those that ``user`` may see and a stranger may not; a union, not to be filtered further.

        The parts are joined in SQL: nested in one condition, Django would work half as long again at writing it.
        """
        parts = [self._private_to(user, audience) for audience in audiences.all_audiences()]
        return self.none().union(*parts)

    def _private_to(self, user: Viewer, audience: audiences.Audience) -> Self:
        rooms, stranger = self.filter(audience=audience.name), AnonymousUser()
        if audience.readable_ids is not None:
            mine = Q(object_id__in=audience.readable_ids(user))
            return rooms.filter(mine, ~Q(object_id__in=audience.readable_ids(stranger)))
        is_private = audience.can_read(user, None) and not audience.can_read(stranger, None)
        return rooms.filter(object_id__isnull=True) if is_private else rooms.none()

    def about(self, subject: object) -> Self:
        """The rooms of one object."""
        from django.contrib.contenttypes.models import ContentType

        return self.filter(content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk)  # type: ignore[arg-type, attr-defined]

    def about_any(self, content_type: ContentType, ids: Collection[int], audience: str) -> Self:
        """The rooms of one audience about several objects of one model."""
        return self.filter(content_type=content_type, object_id__in=ids, audience=audience)

    def with_pins(self) -> Self:
        """Each with ``has_pins``: whether a message is kept at its head."""
        from .models import Message

        return self.annotate(has_pins=Exists(Message.objects.pinned().filter(room=OuterRef("pk"))))

    def with_unread(self, user: Viewer) -> Self:
        """Each with ``unread``: how many messages came since ``user`` last read it; None where they never did."""
        from .models import ReadPointer

        if not user.is_authenticated:
            return self.annotate(unread=Subquery(ReadPointer.objects.none().values("seq")))
        read = ReadPointer.objects.filter(room=OuterRef("pk"), user=user).values("seq")
        return self.annotate(unread=F("seq") - Subquery(read))

    def unread_by(self, user: Viewer) -> Self:
        """Those ``user`` may see, has read before, and has not read to the end."""
        return self.visible_to(user).with_unread(user).filter(unread__gt=0)


class MessageQuerySet(QuerySet["Message"]):  # type: ignore[name-defined]
    """Messages."""

    def visible_to(self, user: Viewer) -> Self:
        """Those in rooms ``user`` may see, removed ones (which say nothing) included."""
        from .models import Room

        return self.filter(room__in=Room.objects.visible_to(user))

    def pinned(self) -> Self:
        """Those kept at the head of their room."""
        return self.saying_something().filter(pinned_at__isnull=False)

    def whole(self) -> Self:
        """Each with whose it is and what it answers."""
        return self.select_related("author", "reply_to__author")

    def with_replies(self) -> Self:
        """Each with ``reply_count``: how many answers stand."""
        from .models import Message

        standing = Message.objects.saying_something().filter(reply_to=OuterRef("pk")).order_by()
        counted = standing.values("reply_to").annotate(count=Count("pk")).values("count")
        return self.annotate(reply_count=Coalesce(Subquery(counted), 0))

    def saying_something(self) -> Self:
        """Without those that were removed, and those that are hidden."""
        return self.filter(removed_at__isnull=True, hidden_at__isnull=True)


class CaseQuerySet(QuerySet["ModerationCase"]):  # type: ignore[name-defined]
    """Cases about messages."""

    def visible_to(self, user: Viewer) -> Self:
        """All of them for a platform master; for others, what was decided against a message of theirs."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_platform_master:
            return self.all()
        told = self.exclude(state__in=(CaseState.OPEN, CaseState.DECLINED))
        return told.filter(message__author=user)

    def waiting(self) -> Self:
        """Those that wait for a platform master, the oldest first."""
        return self.filter(state__in=WAITING).order_by("created_at", "pk")


class MutingQuerySet(QuerySet["Muting"]):  # type: ignore[name-defined]
    """Who may not write, where and until when."""

    def in_force(self) -> Self:
        """Those that are neither over nor lifted."""
        return self.filter(lifted_at__isnull=True, until__gt=timezone.now())

    def of(self, person: Any, room: Any) -> Self:
        """Those in force that keep ``person`` from writing in ``room``, the longest first."""
        here = Q(room__isnull=True) | Q(room=room)
        return self.in_force().filter(here, person=person).order_by("-until")


class BlockingQuerySet(QuerySet["Blocking"]):  # type: ignore[name-defined]
    """Who does not want to hear from whom."""

    def of(self, user: Viewer) -> Self:
        """What ``user`` has blocked."""
        return self.filter(blocker=user.pk) if user.is_authenticated else self.none()
