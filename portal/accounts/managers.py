"""How people are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from .querysets import UserQuerySet

if TYPE_CHECKING:
    from .models import User


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people who sign in by e-mail; there is no username."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with this address; without a password they sign in only after resetting it."""
        if not email:
            raise ValueError("a person needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A platform master, who may do everything the portal's rules give that role."""
        return self.create_user(email, password, **{"is_platform_master": True, "is_staff": True, **fields})

    def get_by_natural_key(self, email: str | None) -> User:
        """The person of this address, however it is capitalised."""
        return self.get(email=(email or "").strip().lower())
