"""Where Elasticsearch is, as ``ELASTICSEARCH_URL`` says it: ``https://user:password@host:9200?prefix=portal``.

prefix      the beginning of the names of all our indices and aliases; ``portal`` when it is left out
api_key     a key instead of user and password
ca_certs    a file with the certificates that are trusted
"""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

PREFIX = "portal"
PASSED_ON = ("api_key", "ca_certs")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


@dataclass(frozen=True)
class Address:
    """The server, the beginning of our names on it, and what its client must know besides."""

    url: str
    prefix: str = PREFIX
    options: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def parsed(cls, text: str) -> "Address":
        """The address in ``text``; raises ``ValueError``, without repeating it, when it is none."""
        parts = urlsplit(text)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        prefix = given.pop("prefix", PREFIX)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("ELASTICSEARCH_URL must be an http:// or https:// address.")
        if not _PREFIX.fullmatch(prefix):
            raise ValueError("The prefix in ELASTICSEARCH_URL must be of small letters, digits, - and _.")
        if set(given) - set(PASSED_ON):
            raise ValueError(f"ELASTICSEARCH_URL may set prefix, {' and '.join(PASSED_ON)} only.")
        return cls(_with_port(parts), prefix, given)

    @property
    def is_near(self) -> bool:
        """Whether the server is on this machine, where compressing what is sent would only cost time."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def _with_port(parts: SplitResult) -> str:
    """The address without its query, its port named: the client wants to be told."""
    usual = 443 if parts.scheme == "https" else 9200
    location = parts.netloc if parts.port else f"{parts.netloc}:{usual}"
    return urlunsplit((parts.scheme, location, parts.path, "", ""))
