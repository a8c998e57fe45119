"""Submissions: read, written, filed, taken back; their receipts, and who opened them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from challenges import receipts, rules
from challenges.actions import filing, submitting
from challenges.actions.awarding import award_submission
from challenges.actions.deciding import move_submission
from challenges.actions.reading import record_readings
from challenges.actions.submitting import Texts
from challenges.audiences import SUBMISSION as ROOM
from challenges.models import Submission
from challenges.queries import submissions as queries
from portal.discussions.queries import room_of
from portal.kernel.access import fetch
from portal.kernel.errors import Missing

from ..base import ApiView
from ..serializers.shared import TransitionSerializer
from ..serializers.submissions import (
    AccessesSerializer,
    AccessSerializer,
    FileSerializer,
    SubmissionSerializer,
    SubmissionUpdateSerializer,
    UploadSerializer,
)


class SubmissionView(ApiView):
    """One submission."""

    @extend_schema(operation_id="get_submission", summary="Read a submission", responses=SubmissionSerializer)
    def get(self, request: Request, public_id: str) -> Response:
        """As far as the asker may: sealed bodies are not among its versions. What others read is logged."""
        return Response(shown_submission(fetch_submission(request, public_id), request))

    @extend_schema(
        operation_id="update_submission", summary="Write on the draft", request=SubmissionUpdateSerializer,
        responses=SubmissionSerializer,
    )  # fmt: skip
    def patch(self, request: Request, public_id: str) -> Response:
        """409 when the draft was changed since ``mark``; then nothing is overwritten."""
        given = self.taken(SubmissionUpdateSerializer)

        def deed() -> Response:
            submission = fetch(queries.with_context(), request.user, rules.can_edit_submission, public_id=public_id)
            seen = given.pop("mark")
            present = Texts.of(submitting.working_version(submission)).parts()
            submitting.edit_draft(submission, Texts(**{**present, **given}), actor=request.user, seen=seen)
            return Response(shown_submission(fetch_submission(request, public_id), request))

        return self.once(deed, still=lambda told: fetch_submission(request, public_id))


class SubmissionFilesView(ApiView):
    """Files of the draft."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="attach_file", summary="Attach a file to the draft",
        request={"multipart/form-data": UploadSerializer}, responses={201: FileSerializer},
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """One file, in the field ``file``."""
        given = self.taken(UploadSerializer)

        def deed() -> Response:
            submission = _own(request, public_id)
            file = submitting.attach_file(submission, given["file"], actor=request.user)
            return Response(FileSerializer(file).data, status=201)

        return self.once(deed, still=lambda told: _own(request, public_id))


class SubmissionTransitionsView(ApiView):
    """Moves along the workflow."""

    @extend_schema(
        operation_id="move_submission", summary="File, withdraw or judge a submission", request=TransitionSerializer,
        responses=SubmissionSerializer,
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """``submit`` and ``withdraw`` by the team; the rest by the seeker. 409 when its state does not allow it."""
        given = self.taken(TransitionSerializer)

        def deed() -> Response:
            submission = fetch_submission(request, public_id)
            _move(submission, given["name"], request.user, given["reason"])
            return Response(shown_submission(_reread(submission), request))

        return self.once(deed, still=lambda told: fetch_submission(request, public_id))


class SubmissionReceiptView(ApiView):
    """The receipt of what stands."""

    @extend_schema(operation_id="get_receipt", summary="Download the receipt", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, public_id: str) -> Response:
        """The newest receipt, as ``verify_receipt`` takes it; for the team."""
        receipt = queries.newest_receipt(_own(request, public_id))
        if receipt is None:
            raise Missing
        return Response(receipts.sealed(receipt.payload, receipt.sha256))


class SubmissionAccessesView(ApiView):
    """Who outside the team opened what."""

    @extend_schema(operation_id="list_accesses", summary="Read the log of openings", responses=AccessesSerializer)
    def get(self, request: Request, public_id: str) -> Response:
        """The newest hundred, newest first; for the team."""
        accesses = queries.accesses_of(_own(request, public_id))
        return Response({"items": AccessSerializer(accesses, many=True).data})


def fetch_submission(request: Request, public_id: str) -> Submission:
    """The submission, for whoever may see anything of it."""
    return fetch(queries.with_context(), request.user, rules.can_view_submission, public_id=public_id)


def _own(request: Request, public_id: str) -> Submission:
    return fetch(queries.with_context(), request.user, rules.is_team_member, public_id=public_id)


def _reread(submission: Submission) -> Submission:
    return queries.with_context().get(pk=submission.pk)


def _move(submission: Submission, name: str, actor: Any, reason: str) -> None:
    if name == "submit":
        filing.file_submission(submission, actor=actor)
    elif name == "withdraw":
        filing.withdraw_submission(submission, actor=actor)
    elif name == "award":
        award_submission(submission, actor=actor, amount=None)
    else:
        move_submission(submission, name, actor=actor, reason=reason)


def shown_submission(submission: Submission, request: Request) -> Mapping[str, Any]:
    """The submission as its asker may see it; what somebody outside the team reads of it is logged."""
    user: Any = request.user
    mine = bool(rules.is_team_member(user, submission))
    versions = queries.readable_versions(submission, user)
    record_readings(submission, viewer=user, versions=versions)
    for version in versions:
        version.shown_files = queries.files_of(version)  # type: ignore[attr-defined]
    room = room_of(ROOM, submission) if rules.can_talk_with_team(user, submission) else None
    submission.shown_versions = versions  # type: ignore[attr-defined]
    submission.shown_room = room.public_id if room else None  # type: ignore[attr-defined]
    submission.shown_mark = Texts.of(submitting.working_version(submission)).mark if mine else None  # type: ignore[attr-defined]
    return SubmissionSerializer(submission).data
