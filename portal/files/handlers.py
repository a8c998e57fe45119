"""How uploaded bytes reach the server's disk before a view sees them."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Spools an upload to disk, but never more than `UPLOAD_MAX_BYTES` of it.

    What comes after the cap is counted and dropped: the upload's `size` tells the truth, so
    `actions.store` refuses it with words, and a flood of bytes does not fill the disk.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < settings.UPLOAD_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
