"""Submissions as programs read and write them."""

from __future__ import annotations

from rest_framework import serializers

from portal.kernel.text import MOST_CHARACTERS

from .shared import AddressField, PersonRefSerializer


class FileSerializer(serializers.Serializer):
    """A file of a submission."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    content_type = serializers.CharField()


class VersionSerializer(serializers.Serializer):
    """A version that the asker may read in full."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    abstract = serializers.CharField()
    body = serializers.CharField()
    filed_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField()
    files = FileSerializer(many=True, source="shown_files")


class SubmissionSerializer(serializers.Serializer):
    """A submission: what the asker may see of it. ``mark`` goes back with a change, for the team alone."""

    id = serializers.CharField(source="public_id")
    challenge = serializers.CharField(source="challenge.slug")
    title = serializers.CharField()
    abstract = serializers.CharField()
    state = serializers.CharField()
    filed_at = serializers.DateTimeField(allow_null=True)
    url = AddressField()
    room = serializers.CharField(allow_null=True, source="shown_room")
    versions = VersionSerializer(many=True, source="shown_versions")
    mark = serializers.CharField(allow_null=True, source="shown_mark")


class SubmissionWriteSerializer(serializers.Serializer):
    """A first draft."""

    title = serializers.CharField(max_length=200)
    abstract = serializers.CharField(max_length=2000, allow_blank=True, default="")
    body = serializers.CharField(max_length=MOST_CHARACTERS, allow_blank=True, default="")


class SubmissionUpdateSerializer(serializers.Serializer):
    """What is to change; ``mark`` is that of the texts the writer started from."""

    title = serializers.CharField(max_length=200, required=False)
    abstract = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    body = serializers.CharField(max_length=MOST_CHARACTERS, allow_blank=True, required=False)
    mark = serializers.CharField(max_length=64)


class UploadSerializer(serializers.Serializer):
    """A file for the draft."""

    file = serializers.FileField()


class AccessSerializer(serializers.Serializer):
    """Somebody outside the team opened something; a reviewer in a blind review is null."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, source="version.number", default=None)
    viewer = PersonRefSerializer(allow_null=True)


class AccessesSerializer(serializers.Serializer):
    """The log that the team sees."""

    items = AccessSerializer(many=True)
