"""What a file is called: on disk by chance, on the page by its owner, never one from the other."""

import secrets
import unicodedata
from pathlib import PurePosixPath

LONGEST = 150


def random_name() -> str:
    """128 random bits as hex, in one of 256 folders: the name under which bytes are kept."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}"


def display_name(raw: str) -> str:
    """The name to show and to offer on download.

    Folders (of either slash) are dropped, and so are control and direction-changing characters,
    which could make `fdp.exe` read as `exe.pdf`. Never empty, at most `LONGEST` characters, and
    the extension survives shortening.
    """
    base = unicodedata.normalize("NFC", raw.replace("\\", "/").rsplit("/", 1)[-1])
    printable = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C")
    name = " ".join(printable.split()).lstrip(". ")
    path = PurePosixPath(name or "file")
    return f"{path.stem[: LONGEST - len(path.suffix[:20])]}{path.suffix[:20]}"


def extension(name: str) -> str:
    """The last extension in lower case without its dot; empty when there is none."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")
