"""Which files are taken: the extension and the bytes must tell the same story.

Everything that a browser could run in our name (SVG, HTML, scripts) and every program is refused
by not being in the table. What is in the table is still only ever served as an attachment.
"""

import codecs
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext as _

from portal.kernel.errors import Refused

HEAD = 8192
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MARKUP = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<body", "<iframe", "<head")


@dataclass(frozen=True)
class FileType:
    """A type that is taken: what it is served as, and what its bytes may be recognised as.

    `magic` empty means text: readable characters, starting with `opening`.
    `member` names what a zip-based document must contain.
    """

    content_type: str
    magic: frozenset[str] = frozenset()
    member: str = ""
    opening: str = ""

    @property
    def is_text(self) -> bool:
        return not self.magic

    @property
    def is_archive(self) -> bool:
        return "application/zip" in self.magic


def _binary(content_type: str, *also: str) -> FileType:
    return FileType(content_type, frozenset({content_type, *also}))


def _document(content_type: str, member: str) -> FileType:
    return FileType(content_type, frozenset({content_type, "application/zip"}), member)


TYPES: dict[str, FileType] = {
    "pdf": _binary("application/pdf"),
    "png": _binary("image/png"),
    "jpg": _binary("image/jpeg"),
    "jpeg": _binary("image/jpeg"),
    "gif": _binary("image/gif"),
    "webp": _binary("image/webp"),
    "tif": _binary("image/tiff"),
    "tiff": _binary("image/tiff"),
    "mp4": _binary("video/mp4"),
    "webm": _binary("video/webm"),
    "zip": _binary("application/zip"),
    "docx": _document(f"{_OFFICE}.wordprocessingml.document", "[Content_Types].xml"),
    "xlsx": _document(f"{_OFFICE}.spreadsheetml.sheet", "[Content_Types].xml"),
    "pptx": _document(f"{_OFFICE}.presentationml.presentation", "[Content_Types].xml"),
    "odt": _document(f"{_OPEN}.text", "mimetype"),
    "ods": _document(f"{_OPEN}.spreadsheet", "mimetype"),
    "odp": _document(f"{_OPEN}.presentation", "mimetype"),
    "txt": FileType("text/plain"),
    "md": FileType("text/markdown"),
    "csv": FileType("text/csv"),
    "tsv": FileType("text/tab-separated-values"),
    "json": FileType("application/json"),
    "step": FileType("model/step", opening="iso-10303-21"),
    "stp": FileType("model/step", opening="iso-10303-21"),
    "dxf": FileType("image/vnd.dxf"),
}

ACCEPT = ",".join(f".{extension}" for extension in TYPES)


def recognise(extension: str, head: bytes) -> FileType:
    """The type of a file from its extension and first `HEAD` bytes.

    Refuses an extension that is not taken, and bytes that are something else than it says.
    """
    kind = TYPES.get(extension)
    if kind is None:
        raise _refusal(_("Files of this type are not taken. Allowed: %(types)s."), types=_listed())
    if not (_is_text(head, kind) if kind.is_text else _magic(head) in kind.magic):
        raise _refusal(
            _("The content of this file is not what its name says (.%(extension)s)."),
            extension=extension,
        )
    return kind


def _magic(head: bytes) -> str | None:
    guess = filetype.guess(head)
    return guess.mime if guess else None


def _is_text(head: bytes, kind: FileType) -> bool:
    """Readable characters that begin as they should, and are not markup in disguise."""
    text = _decoded(head)
    if text is None:
        return False
    opening = text.lstrip("\ufeff \t\r\n").lower()
    return opening.startswith(kind.opening) and not opening.startswith(_MARKUP)


def _decoded(head: bytes) -> str | None:
    """The head as characters, or None; a character cut in two at its end is no reason to refuse."""
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return None
    return None if any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text) else text


def _listed() -> str:
    return ", ".join(TYPES)


def _refusal(message: str, **facts: str) -> Refused:
    return Refused(message % facts, code="file_type", field="file")
