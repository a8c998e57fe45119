"""Where the data lie: database, files, caches."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .environment import environment

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
    " PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;"
)


POSTGRES_LIMITS = "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
"""So that one stuck request cannot hold up the others for long; an ``options`` in the address replaces them."""


def embedded_database() -> dict[str, Any]:
    """SQLite, set so that several processes may write: IMMEDIATE, WAL and a wait, all three."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.var / "portal.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def served_database(url: str) -> dict[str, Any]:
    """PostgreSQL at ``url`` (``postgresql://user:password@host:port/name?option=value``)."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must be a postgresql:// address, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRES_LIMITS, **dict(parse_qsl(parts.query))},
    }


DATABASES: dict[str, Any] = {
    "default": served_database(environment.database_url) if environment.database_url else embedded_database()
}
REDIS_URL = environment.redis_url
ELASTICSEARCH_URL = environment.elasticsearch_url
EMBEDDER_URL = environment.embedder_url
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PORTAL_VAR = environment.var
MEDIA_ROOT = environment.var / "media"
MEDIA_URL = "/media/"
PRIVATE_ROOT = environment.var / "private"
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.files.handlers.CappedUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640

CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    short = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_connections": 64}
    CACHES = {
        "default": {
            "BACKEND": "portal.kernel.redis_cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "portal:cache",
            "OPTIONS": short,
        }
    }
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
