"""What a person is told, and how they choose to be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from portal.notifications import actions
from portal.notifications.choices import choices_of
from portal.notifications.enums import Rhythm
from portal.notifications.models import Notification
from portal.notifications.queries import gone_among
from portal.notifications.rules import is_reader

from ..base import ApiView, listed, narrowed
from ..serializers.shared import page_of


class NotificationSerializer(serializers.Serializer):
    """Something one was told. ``subject``, ``text`` and ``url`` are empty once its thing is no longer open to one."""

    id = serializers.CharField()
    category = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    at = serializers.DateTimeField()
    read = serializers.BooleanField()


class NotificationChangeSerializer(serializers.Serializer):
    """What one does with it: ``read`` marks it as read, ``aside`` takes it out of the inbox or puts it back."""

    read = serializers.BooleanField(required=False)
    aside = serializers.BooleanField(required=False)


class ChoiceSerializer(serializers.Serializer):
    """How the news of a category comes: by mail in a rhythm, and whether it shows up on open pages."""

    category = serializers.CharField()
    label = serializers.CharField(read_only=True)
    mail = serializers.ChoiceField(choices=Rhythm.choices)
    live = serializers.BooleanField()


class ChoicesSerializer(serializers.Serializer):
    """How one is told, category by category."""

    items = ChoiceSerializer(many=True)


class NotificationsView(ApiView):
    """One's inbox."""

    @extend_schema(
        operation_id="list_notifications", summary="List what one was told",
        responses=page_of(NotificationSerializer),
        parameters=[OpenApiParameter("after"), OpenApiParameter("limit", int)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The newest first, without what was put aside."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        narrowed(request, {})
        rows = Notification.objects.visible_to(request.user).listed().select_related("user")
        return listed(request, rows, _shown, order=("-created_at", "-id"))


class NotificationView(ApiView):
    """One thing one was told."""

    @extend_schema(
        operation_id="change_notification", summary="Mark as read, or put aside",
        request=NotificationChangeSerializer, responses=NotificationSerializer,
    )  # fmt: skip
    def patch(self, request: Request, public_id: str) -> Response:
        """What is not said stays as it is."""
        notification = fetch(Notification, request.user, is_reader, public_id=public_id)
        given = self.taken(NotificationChangeSerializer)
        if given.get("read"):
            actions.mark_read(notification)
        if "aside" in given:
            (actions.put_aside if given["aside"] else actions.put_back)(notification)
        notification.refresh_from_db()
        [shown] = _shown([notification])
        return Response(shown)


class NotificationChoicesView(ApiView):
    """How one is told."""

    @extend_schema(operation_id="list_notification_choices", summary="How one is told", responses=ChoicesSerializer)
    def get(self, request: Request) -> Response:
        """Each category, as one chose or as it is by default."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        narrowed(request, {}, paging=())
        return Response({"items": _chosen(request.user)})

    @extend_schema(
        operation_id="choose_notification", summary="Choose how one is told",
        request=ChoiceSerializer, responses=ChoicesSerializer,
    )  # fmt: skip
    def patch(self, request: Request) -> Response:
        """One category at a time."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        given = self.taken(ChoiceSerializer)
        if given["category"] not in {row["category"] for row in _chosen(request.user)}:
            raise Refused(_("There is no such category."), code="bad_category", field="category")
        actor: Any = request.user
        actions.choose(given["category"], actor=actor, mail=given["mail"], live=given["live"])
        return Response({"items": _chosen(request.user)})


def _chosen(user: Any) -> list[dict[str, Any]]:
    rows = choices_of(user)
    return [
        {"category": r.category.name, "label": str(r.category.label), "mail": r.mail.value, "live": r.live}
        for r in rows
    ]


def _shown(rows: Sequence[Notification]) -> list[dict[str, Any]]:
    """Each by itself, those of one thing too; the right to see a thing is asked once."""
    gone = gone_among(rows)
    return [_fields(row, row.pk in gone) for row in rows]


def _fields(row: Notification, gone: bool) -> dict[str, Any]:
    told = {"subject": row.subject, "text": row.body, "url": row.url}
    return {
        "id": row.public_id,
        "category": row.category,
        **(dict.fromkeys(told, "") if gone else told),
        "at": row.created_at,
        "read": row.read_at is not None,
    }
