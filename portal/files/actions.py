"""Receiving, discarding and sweeping private files."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.kernel.commit import after_commit
from portal.kernel.errors import Refused

from . import names, sniff
from .archives import inspect_archive
from .models import PrivateFile
from .storage import INCOMING, Incoming, private_storage

AnyFile = TypeVar("AnyFile", bound=PrivateFile)

LEFTOVER_AGE = timedelta(hours=24)


def store(model: type[AnyFile], upload: UploadedFile, *, uploaded_by: Any, **fields: Any) -> AnyFile:
    """Keep an upload as a new `model` row with the given further fields.

    The bytes stream to disk once, while they are counted and hashed; nothing is held in memory and
    nothing appears under a name before it is whole. Raises Refused (field `file`) for an empty or
    over-large file, a type that is not taken, content that contradicts the name, a hostile archive.
    If the surrounding transaction fails, `sweep` removes the bytes.
    """
    name = names.display_name(upload.name or "")
    storage = private_storage()
    with storage.receive() as incoming:
        kind = _receive(upload, incoming, extension=names.extension(name))
        kept = storage.keep(incoming)
    return model._default_manager.create(
        file=kept,
        name=name,
        size=incoming.size,
        content_type=kind.content_type,
        sha256=incoming.sha256,
        uploaded_by=uploaded_by,
        **fields,
    )


def share(file: AnyFile, **fields: Any) -> AnyFile:
    """A second row for the same bytes, with the given fields changed; it has its own public id."""
    kept = ("file", "name", "size", "content_type", "sha256", "uploaded_by")
    same = {name: getattr(file, name) for name in kept}
    return type(file)._default_manager.create(**{**same, **fields})


def discard(file: PrivateFile) -> None:
    """Delete the row, and, once that is committed, its bytes unless another row shares them."""
    storage, stored = file.file.storage, file.file.name
    with transaction.atomic():
        file.delete()
        after_commit(lambda: None if _has_row(stored) else storage.delete(stored))  # type: ignore[arg-type]


def sweep(*, older_than: timedelta = LEFTOVER_AGE) -> int:
    """Remove what interrupted uploads left: old temporary files and bytes without a row.

    Returns how many files went. Safe at any time: a file younger than `older_than` is never
    touched, so an upload under way, or committed a moment from now, keeps its bytes.
    """
    limit = time.time() - older_than.total_seconds()
    swept = 0
    for path, stored in _files_on_disk():
        if path.stat().st_mtime < limit and (stored is None or not _has_row(stored)):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _receive(upload: UploadedFile, incoming: Incoming, *, extension: str) -> sniff.FileType:
    """Stream the upload into `incoming`, judging it on the way; the type it turned out to be."""
    _refuse_size(upload.size or 0)
    chunks = upload.chunks()
    first = next(chunks, b"")
    if not first:
        raise Refused(_("This file is empty."), code="file_empty", field="file")
    kind = sniff.recognise(extension, first[: sniff.HEAD])
    for chunk in chain([first], chunks):
        incoming.write(chunk)
        _refuse_size(incoming.size)
    if kind.is_archive:
        inspect_archive(incoming.handle, member=kind.member)
    return kind


def _refuse_size(size: int) -> None:
    if size > settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        message = _("This file is too large. At most %(limit)s are taken.") % {"limit": limit}
        raise Refused(message, code="file_size", field="file")


def _files_on_disk() -> Iterator[tuple[Path, str | None]]:
    """Every file of the private storage with its stored name (None for one being received)."""
    root = Path(private_storage().location)
    for path in root.glob("*/*"):
        incoming = path.parent.name == INCOMING
        yield path, None if incoming else path.relative_to(root).as_posix()


def _has_row(stored: str) -> bool:
    return any(
        model._base_manager.filter(file=stored).exists()
        for model in apps.get_models()
        if issubclass(model, PrivateFile)
    )
