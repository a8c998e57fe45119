"""Uploads of all sorts, made on the spot: honest ones and hostile ones."""

from __future__ import annotations

import io
import stat
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
STEP = b"ISO-10303-21;\nHEADER;\n"


def upload(name: str, content: bytes = PDF, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """What a browser sends; the type it claims is never believed."""
    return SimpleUploadedFile(name, content, content_type)


def archive(*members: tuple[str, bytes], linked: str = "") -> bytes:
    """A zip of these members, and of a symbolic link when ``linked`` names one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
        if linked:
            info = zipfile.ZipInfo(linked)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def word_document() -> bytes:
    """The least that counts as a .docx."""
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"))


def crowded_archive(members: int) -> bytes:
    """A zip that holds very many empty files."""
    return archive(*((f"{number}.txt", b"") for number in range(members)))
