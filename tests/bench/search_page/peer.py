"""The peer: the same search as an ordinary Django view, with elasticsearch-dsl and a template. Run by its own Python.

The hits are read as the library's objects and shown by a template; nothing is read from a database or marked. The
environment says where the engine is (``PEER_ENGINE``) and what is asked of it by query (``PEER_PLAN``, a file).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

HERE = Path(__file__).parent

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE / "templates"]}],
    USE_TZ=True,
)
django.setup()

from elasticsearch_dsl import Search, connections  # noqa: E402 - Django must be set up first

connections.create_connection(hosts=[os.environ["PEER_ENGINE"]])
BODIES = {
    each["query"]: (each["path"], each["body"])
    for draw in json.loads(Path(os.environ["PEER_PLAN"]).read_bytes())["draws"]
    for each in draw
}


def result_list(request: HttpRequest) -> HttpResponse:
    """A page of results: hits and facets from one search."""
    path_, body = BODIES[request.META["QUERY_STRING"]]
    search: Any = Search(index=path_.split("/")[1]).update_from_dict(body)
    response = search.execute()
    facets = [
        (name, [(bucket.key, bucket.doc_count) for bucket in getattr(response.aggregations, name).buckets])
        for name in body["aggs"]
    ]
    context = {"query": request.GET.get("q", ""), "response": response, "facets": facets, "total": response.hits.total}
    return render(request, "results.html", context)


urlpatterns = [path("search/", result_list)]
application = get_wsgi_application()
