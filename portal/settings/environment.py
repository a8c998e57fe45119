"""Everything the portal takes from the environment, read once, in this one place."""

from __future__ import annotations

import contextlib
import secrets
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent.parent


class Environment(BaseSettings):
    """The variables of the README's table, with the defaults of ``make run``."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=True)

    secret_key: str = Field("", alias="SECRET_KEY")
    portal_url: str = Field("", alias="PORTAL_URL")
    port: int = Field(8000, alias="PORT")
    portal_var: Path = Field(ROOT / "var", alias="PORTAL_VAR")
    database_url: str = Field("", alias="DATABASE_URL")
    redis_url: str = Field("", alias="REDIS_URL")
    elasticsearch_url: str = Field("", alias="ELASTICSEARCH_URL")
    embedder_url: str = Field("", alias="EMBEDDER_URL")
    email_url: str = Field("", alias="EMAIL_URL")
    mail_from: str = Field("portal@localhost", alias="MAIL_FROM")
    trusted_proxies: int = Field(0, alias="TRUSTED_PROXIES")
    debug: bool = Field(False, alias="DEBUG")

    @cached_property
    def var(self) -> Path:
        """The folder that holds the data of this installation; made when missing."""
        path = self.portal_var.resolve()
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def embedded(self) -> bool:
        """True when the portal runs on its own, with no server beside it, on loopback."""
        beside = self.database_url or self.redis_url or self.elasticsearch_url
        return not beside and not self.secure and self.host in ("127.0.0.1", "localhost")

    @property
    def url(self) -> str:
        """The address people use, without a trailing slash."""
        return (self.portal_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def host(self) -> str:
        """The host name in ``url``."""
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def secure(self) -> bool:
        """True when people come by https."""
        return self.url.startswith("https://")

    def key(self) -> str:
        """The secret key: given, or made once and kept under ``var`` with mode 0600."""
        if self.secret_key:
            return self.secret_key
        kept = self.var / "secret_key"
        if not kept.exists():
            made = self.var / f".secret_key.{secrets.token_hex(4)}"
            made.touch(mode=0o600)
            made.write_text(secrets.token_urlsafe(50))
            with contextlib.suppress(FileExistsError):
                kept.hardlink_to(made)
            made.unlink()
        return kept.read_text()


environment = Environment()  # type: ignore[call-arg]
