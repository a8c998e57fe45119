"""Keeping order: reports, hidden messages, a room's lock and pace, the masters' queue, and whom one has blocked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.accounts.rules import is_platform_master
from portal.discussions import actions, queries, rules
from portal.discussions.enums import CaseState, Outcome, ReportReason
from portal.discussions.models import Message, ModerationCase
from portal.kernel.access import fetch, require

from ..base import ApiView, listed, narrowed
from .rooms import ROOMS

MESSAGES = Message.objects.select_related("room__content_type", "author")
CASES = ModerationCase.objects.select_related("message__room__content_type", "message__author")


class ReportSerializer(serializers.Serializer):
    """Why a message should not stand; its author never learns whose word it was."""

    reason = serializers.ChoiceField(ReportReason.choices)
    words = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")


class HidingSerializer(serializers.Serializer):
    """Why a message is hidden, which its author reads; ``mute_until`` mutes them in the room."""

    rationale = serializers.CharField(max_length=1_000)
    mute_until = serializers.DateTimeField(required=False, allow_null=True, default=None)


class OrderSerializer(serializers.Serializer):
    """Who may write in a room, and how often: once in ``slow_seconds``, moderators apart; 0 is without a limit."""

    locked = serializers.BooleanField(required=False)
    slow_seconds = serializers.IntegerField(min_value=0, max_value=actions.SLOWEST, required=False)


class CaseSerializer(serializers.Serializer):
    """A case about a message; ``outcome``, ``rationale`` and ``answer`` are empty until they are given."""

    id = serializers.CharField()
    state = serializers.ChoiceField(CaseState.choices)
    room = serializers.CharField()
    seq = serializers.IntegerField()
    outcome = serializers.CharField()
    rationale = serializers.CharField()
    appeal = serializers.CharField()
    answer = serializers.CharField()


class CasesSerializer(serializers.Serializer):
    """What waits for a platform master, the oldest first."""

    items = CaseSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    count = serializers.IntegerField(allow_null=True)


class DecisionSerializer(serializers.Serializer):
    """``keep``, or what is done about the message; ``until`` goes with ``mute``. The author reads ``rationale``."""

    decision = serializers.ChoiceField([("keep", "keep"), *Outcome.choices])
    rationale = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)
    everywhere = serializers.BooleanField(required=False, default=False)


class AppealSerializer(serializers.Serializer):
    """Why the decision is wrong."""

    appeal = serializers.CharField(max_length=2_000)


class AnswerSerializer(serializers.Serializer):
    """Whether an appeal is granted, which undoes the decision, and why."""

    grant = serializers.BooleanField()
    answer = serializers.CharField(max_length=1_000)


class ReportsView(ApiView):
    """What people say against a message."""

    @extend_schema(
        operation_id="report_message", summary="Report a message", request=ReportSerializer, responses={204: None}
    )
    def post(self, request: Request, public_id: str) -> Response:
        """Once: a second report of the same person changes nothing."""
        given = self.taken(ReportSerializer)
        message = _message(request, public_id, rules.can_report_message)
        actions.report_message(message, reporter=_person(request), **given)
        return Response(status=204)


class HidingView(ApiView):
    """Whether a message is hidden."""

    @extend_schema(
        operation_id="hide_message", summary="Hide a message", request=HidingSerializer, responses={204: None}
    )
    def put(self, request: Request, public_id: str) -> Response:
        """As a moderator of the room."""
        given = self.taken(HidingSerializer)
        message = _message(request, public_id, rules.can_hide_message)
        actions.hide_message(message, actor=_person(request), **given)
        return Response(status=204)

    @extend_schema(
        operation_id="unhide_message", summary="Show a hidden message again", responses={204: None},
    )  # fmt: skip
    def delete(self, request: Request, public_id: str) -> Response:
        """As a moderator of the room; the decision that hid it is taken back."""
        message = _message(request, public_id, rules.can_unhide_message)
        actions.unhide_message(message, actor=_person(request))
        return Response(status=204)


class OrderView(ApiView):
    """A room's lock and pace."""

    @extend_schema(
        operation_id="order_room", summary="Lock or slow a room", request=OrderSerializer, responses=OrderSerializer
    )
    def patch(self, request: Request, public_id: str) -> Response:
        """As a moderator of the room; what is left out stays as it is."""
        given = self.taken(OrderSerializer)
        room = fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id)
        require(request.user, rules.can_moderate, room)
        if "locked" in given:
            deed = actions.lock_room if given["locked"] else actions.unlock_room
            deed(room, actor=_person(request))
        if "slow_seconds" in given:
            actions.slow_room(room, actor=_person(request), seconds=given["slow_seconds"])
        return Response({"locked": room.is_locked, "slow_seconds": room.slow_seconds})


class CasesView(ApiView):
    """The masters' queue."""

    @extend_schema(
        operation_id="list_moderation_cases", summary="What waits to be decided", responses=CasesSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """For platform masters, the oldest first."""
        require(request.user, is_platform_master, None)
        narrowed(request, {})
        return listed(request, queries.waiting_cases(), lambda cases: map(_shown, cases), order=("created_at", "pk"))


class DecisionsView(ApiView):
    """What is decided about a case."""

    @extend_schema(
        operation_id="decide_case",
        summary="Decide about a message",
        request=DecisionSerializer,
        responses=CaseSerializer,
    )
    def post(self, request: Request, public_id: str) -> Response:
        """As a platform master. Author and reporters are told."""
        given = self.taken(DecisionSerializer)
        case = fetch(CASES, request.user, is_platform_master, public_id=public_id)
        told = {"actor": _person(request), "rationale": given["rationale"]}
        if given["decision"] == "keep":
            return Response(_shown(actions.keep_message(case, **told)))
        until: datetime | None = given["until"]
        sentence = actions.Sentence(Outcome(given["decision"]), until, given["everywhere"])
        return Response(_shown(actions.uphold_case(case, sentence, **told)))


class AppealsView(ApiView):
    """The one appeal against a decision."""

    @extend_schema(
        operation_id="appeal_case", summary="Appeal", request=AppealSerializer, responses=CaseSerializer,
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """As the author of the message."""
        given = self.taken(AppealSerializer)
        case = fetch(CASES, request.user, rules.can_view_case, public_id=public_id)
        return Response(_shown(actions.appeal_case(case, actor=_person(request), words=given["appeal"])))

    @extend_schema(
        operation_id="answer_appeal", summary="Answer an appeal", request=AnswerSerializer, responses=CaseSerializer
    )
    def put(self, request: Request, public_id: str) -> Response:
        """As another platform master than who decided, where there is another."""
        given = self.taken(AnswerSerializer)
        case = fetch(CASES, request.user, is_platform_master, public_id=public_id)
        return Response(_shown(actions.answer_appeal(case, actor=_person(request), **given)))


class BlockingView(ApiView):
    """Whether one has blocked somebody."""

    @extend_schema(
        operation_id="block_person", summary="Block somebody", request=None, responses={204: None},
    )  # fmt: skip
    def put(self, request: Request, public_id: str) -> Response:
        """Their messages are folded away for you alone; they are told nothing."""
        other = fetch(User, request.user, rules.can_block, public_id=public_id)
        actions.block_person(other, actor=_person(request))
        return Response(status=204)

    @extend_schema(
        operation_id="unblock_person", summary="Unblock somebody", responses={204: None},
    )  # fmt: skip
    def delete(self, request: Request, public_id: str) -> Response:
        """Hear from them again."""
        other = fetch(User, request.user, rules.can_block, public_id=public_id)
        actions.unblock_person(other, actor=_person(request))
        return Response(status=204)


def _message(request: Request, public_id: str, rule: Any) -> Message:
    return fetch(MESSAGES, request.user, rule, public_id=public_id)


def _person(request: Request) -> Any:
    return request.user


def _shown(case: ModerationCase) -> dict[str, Any]:
    words = {name: getattr(case, name) for name in ("state", "outcome", "rationale", "appeal", "answer")}
    return {"id": case.public_id, "room": case.message.room.public_id, "seq": case.message.seq, **words}
