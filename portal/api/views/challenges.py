"""Challenges: listed, read, written, moved, entered, answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from challenges import rules
from challenges.actions.drafting import draft_challenge, update_challenge
from challenges.actions.inviting import invite
from challenges.actions.moving import move_challenge
from challenges.actions.registering import register_for
from challenges.actions.submitting import Texts, draft_submission
from challenges.audiences import PUBLIC
from challenges.enums import ChallengeKind, ChallengeState
from challenges.models import Challenge
from challenges.queries.posting import content_of as present_content
from portal.accounts.enums import Industry
from portal.accounts.models import Organisation
from portal.discussions.models import Room
from portal.kernel import kinds
from portal.kernel.access import fetch

from ..base import ApiView, listed, narrowed
from ..serializers.challenges import (
    ChallengeCreateSerializer,
    ChallengeItemSerializer,
    ChallengeSerializer,
    ChallengeUpdateSerializer,
    InvitationSerializer,
    InvitationWriteSerializer,
    RegistrationSerializer,
    RegistrationWriteSerializer,
    content_of,
)
from ..serializers.shared import TransitionSerializer, page_of
from ..serializers.submissions import SubmissionSerializer, SubmissionWriteSerializer
from .submissions import fetch_submission, shown_submission

CHALLENGES = Challenge.objects.select_related("organisation")
WHOLE = CHALLENGES.prefetch_related("requirements", "rewards", "phases")
FILTERS = {
    "state": ChallengeState.values,
    "kind": ChallengeKind.values,
    "industry": Industry.values,
    "organisation": None,
}
PARAMETERS = [
    OpenApiParameter("state", enum=ChallengeState.values),
    OpenApiParameter("kind", enum=ChallengeKind.values),
    OpenApiParameter("industry", enum=Industry.values),
    OpenApiParameter("organisation", description="The slug of who asks."),
    OpenApiParameter("after", description="The `next` of the page before."),
    OpenApiParameter("limit", int),
]


class ChallengesView(ApiView):
    """All challenges that the asker may see."""

    @extend_schema(
        operation_id="list_challenges", summary="List challenges", parameters=PARAMETERS,
        responses=page_of(ChallengeItemSerializer),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The newest first; drafts only for those who write them."""
        given = narrowed(request, FILTERS)
        names = {"organisation": "organisation__slug"}
        rows = Challenge.objects.visible_to(request.user).select_related("organisation")
        rows = rows.filter(**{names.get(name, name): value for name, value in given.items()})
        return listed(request, rows, _items, order=("-created_at", "-id"))

    @extend_schema(
        operation_id="create_challenge", summary="Draft a challenge", request=ChallengeCreateSerializer,
        responses={201: ChallengeSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """A draft, in the name of a verified organisation that the asker owns."""
        given = self.taken(ChallengeCreateSerializer)

        def deed() -> Response:
            organisation = fetch(Organisation, request.user, rules.can_post_for, slug=given["organisation"])
            made = draft_challenge(organisation, content_of(given), actor=request.user)
            return Response(_whole(made, request), status=201)

        return self.once(deed, still=lambda told: _challenge(request, told["slug"]))


class ChallengeView(ApiView):
    """One challenge."""

    @extend_schema(operation_id="get_challenge", summary="Read a challenge", responses=ChallengeSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Everything but its confidential part."""
        return Response(_whole(_challenge(request, slug), request))

    @extend_schema(
        operation_id="update_challenge", summary="Change a draft", request=ChallengeUpdateSerializer,
        responses=ChallengeSerializer,
    )  # fmt: skip
    def patch(self, request: Request, slug: str) -> Response:
        """What is sent is changed; 409 when somebody else saved since ``revision``."""
        given = self.taken(ChallengeUpdateSerializer)

        def deed() -> Response:
            challenge = fetch(CHALLENGES, request.user, rules.can_edit_challenge, slug=slug)
            changed = content_of(asdict(present_content(challenge)) | given)
            saved = update_challenge(challenge, changed, actor=request.user, revision=given["revision"])
            return Response(_whole(saved, request))

        return self.once(deed, still=lambda told: _challenge(request, slug))


class ChallengeTransitionsView(ApiView):
    """Moves along the workflow."""

    @extend_schema(
        operation_id="move_challenge", summary="Move a challenge", request=TransitionSerializer,
        responses=ChallengeSerializer,
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """``submit_for_review``, ``approve``, ``publish`` and the rest; 409 when its state does not allow it."""
        given = self.taken(TransitionSerializer)

        def deed() -> Response:
            challenge = _challenge(request, slug)
            moved = move_challenge(challenge, given["name"], actor=request.user, reason=given["reason"])
            return Response(_whole(moved, request))

        return self.once(deed, still=lambda told: _challenge(request, slug))


class RegistrationsView(ApiView):
    """Entries into a challenge."""

    @extend_schema(
        operation_id="register", summary="Enter a challenge", request=RegistrationWriteSerializer,
        responses={201: RegistrationSerializer},
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """By accepting its terms. Doing it again is harmless, and is how new terms are accepted."""
        given = self.taken(RegistrationWriteSerializer)

        def deed() -> Response:
            challenge = _challenge(request, slug)
            organisation = None
            if given["organisation"]:
                own = Organisation.objects.visible_to(request.user)
                organisation = fetch(own, request.user, lambda user, obj: True, slug=given["organisation"])
            entry = register_for(
                challenge, actor=request.user, accept_terms=given["accept_terms"], organisation=organisation
            )  # fmt: skip
            return Response(RegistrationSerializer(entry).data, status=201)

        return self.once(deed, still=lambda told: _challenge(request, slug))


class InvitationsView(ApiView):
    """Invitations to look at a challenge."""

    @extend_schema(
        operation_id="invite", summary="Invite somebody to a challenge", request=InvitationWriteSerializer,
        responses={201: InvitationSerializer},
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """A person or an organisation that everybody may see. Inviting again changes nothing."""
        given = self.taken(InvitationWriteSerializer)

        def deed() -> Response:
            challenge = fetch(CHALLENGES, request.user, rules.can_invite_to_challenge, slug=slug)
            invited = kinds.get(given["kind"]).fetch(AnonymousUser(), given["key"])
            invitation = invite(challenge, invited, actor=request.user)
            return Response(InvitationSerializer({**given, "created_at": invitation.created_at}).data, status=201)

        return self.once(deed, still=lambda told: _challenge(request, slug))


class ChallengeSubmissionsView(ApiView):
    """Answers to a challenge."""

    @extend_schema(
        operation_id="create_submission", summary="Begin a submission", request=SubmissionWriteSerializer,
        responses={201: SubmissionSerializer},
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """A draft of the asker's team, which nobody else sees before it is filed."""
        given = self.taken(SubmissionWriteSerializer)

        def deed() -> Response:
            begun = draft_submission(_challenge(request, slug), Texts(**given), actor=request.user)
            return Response(shown_submission(begun, request), status=201)

        return self.once(deed, still=lambda told: fetch_submission(request, told["id"]))


def _challenge(request: Request, slug: str, rows: QuerySet[Challenge] = CHALLENGES) -> Challenge:
    return fetch(rows, request.user, rules.can_view_challenge, slug=slug)


def _whole(challenge: Challenge, request: Request) -> Mapping[str, Any]:
    """The challenge in full. Whoever moved it out of their own sight sees it this once more."""
    read = WHOLE.get(pk=challenge.pk)
    context = {"rooms": _rooms([read]), "terms": read.terms_versions.current().first()}
    return ChallengeSerializer(read, context=context).data


def _items(challenges: Sequence[Challenge]) -> Iterable[Mapping[str, Any]]:
    return ChallengeItemSerializer(challenges, many=True, context={"rooms": _rooms(challenges)}).data


def _rooms(challenges: Sequence[Challenge]) -> dict[int, str]:
    """The public rooms of the challenges, by the challenge's primary key."""
    about = ContentType.objects.get_for_model(Challenge)
    rooms = Room.objects.about_any(about, [challenge.pk for challenge in challenges], PUBLIC)
    return {room.object_id: room.public_id for room in rooms if room.object_id is not None}
