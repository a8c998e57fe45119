from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.test import RequestFactory

from portal.files.handlers import CappedUploadHandler
from tests.portal.files.samples import upload


def test_no_more_than_the_cap_reaches_the_disk_and_the_size_tells_the_truth(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 200_000
    request = RequestFactory().post("/", {"file": upload("big.txt", b"x" * 1_000_000)})
    handler: FileUploadHandler = CappedUploadHandler(request)
    request.upload_handlers = [handler]
    received: Any = request.FILES["file"]
    assert received.size == 1_000_000
    with received:
        received.seek(0)
        assert len(received.read()) < 200_000 + handler.chunk_size
