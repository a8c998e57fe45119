"""Which rooms and messages somebody may see: the twins of ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from . import audiences

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

    def saying_something(self) -> Self:
        """Without those that were removed."""
        return self.filter(removed_at__isnull=True)
