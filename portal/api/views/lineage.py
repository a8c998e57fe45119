"""Lineage: the thread that an object is part of, both ways."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.kernel import kinds
from portal.kernel.errors import Missing
from portal.kernel.lineage import Node, thread

from ..base import ApiView


class NodeSerializer(serializers.Serializer):
    """An object on the thread; ``depth`` is negative for what came before the one asked about."""

    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    depth = serializers.IntegerField()


class EndSerializer(serializers.Serializer):
    """One end of a step."""

    kind = serializers.CharField()
    id = serializers.CharField()


class StepSerializer(serializers.Serializer):
    """``source`` led to ``target``."""

    source = EndSerializer()
    target = EndSerializer()
    relation = serializers.CharField()


class ThreadSerializer(serializers.Serializer):
    """The thread, as far as the asker may see it; ``cut`` when it is longer than is shown."""

    nodes = NodeSerializer(many=True)
    steps = StepSerializer(many=True)
    cut = serializers.BooleanField()


class LineageView(ApiView):
    """The thread of an object."""

    @extend_schema(operation_id="get_lineage", summary="Follow an object's lineage", responses=ThreadSerializer)
    def get(self, request: Request, of_kind: str, key: str) -> Response:
        """From need to product, and back."""
        known = kinds.find(of_kind)
        if known is None:
            raise Missing
        found = thread(known.fetch(request.user, key), request.user)
        steps = [
            {"source": _end(step.source), "target": _end(step.target), "relation": str(step.relation)}
            for step in found.steps
        ]
        return Response({"nodes": [_shown(node) for node in found.nodes], "steps": steps, "cut": found.cut})


def _shown(node: Node) -> dict[str, object]:
    url = f"{settings.PORTAL_URL}{node.obj.get_absolute_url()}"  # type: ignore[attr-defined]
    return {"kind": node.kind, "id": node.key, "title": str(node.obj), "url": url, "depth": node.depth}


def _end(name: tuple[str, str]) -> dict[str, str]:
    return {"kind": name[0], "id": name[1]}
