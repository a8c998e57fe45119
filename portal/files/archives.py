"""Archives are never unpacked here, but whoever downloads one will unpack it: refuse the hostile.

Only the central directory is read, so the cost does not grow with what an archive claims to hold.
"""

import stat
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from portal.kernel.errors import Refused

MOST_MEMBERS = 10_000
MOST_UNPACKED = 2 * 1024**3
MOST_RATIO = 200


def inspect_archive(handle: IO[bytes], *, member: str = "") -> None:
    """Refuse a zip that is broken, a bomb, reaches outside its folder, or lacks `member`."""
    try:
        with zipfile.ZipFile(handle) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _refusal(_("This archive is damaged and cannot be read.")) from error
    if any(_escapes(info) for info in members):
        raise _refusal(_("This archive holds names that point outside of it."))
    if _is_bomb(members):
        raise _refusal(_("This archive would unpack to more than is taken here."))
    if member and member not in {info.filename for info in members}:
        raise _refusal(_("The content of this file is not what its name says."))


def _escapes(info: zipfile.ZipInfo) -> bool:
    path = info.filename.replace("\\", "/")
    linked = stat.S_ISLNK(info.external_attr >> 16)
    return linked or path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    swollen = unpacked > 1024**2 and unpacked > MOST_RATIO * max(packed, 1)
    return len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swollen


def _refusal(message: str) -> Refused:
    return Refused(message, code="file_archive", field="file")
