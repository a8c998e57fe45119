"""What follows from signing out and from a new password."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from .actions.people import end_sessions
from .models import User
from .signals import signed_out


@receiver(user_logged_out)
def forget_session(sender: type[User], request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """A session that its person ends leaves the list of their sessions."""
    if user is not None:
        UserSession.objects.filter(session_key=request.session.session_key).delete()


@receiver(post_delete, sender=Session)
def tell_of_ended_session(sender: type[Session], instance: Session, **kwargs: Any) -> None:
    """However a session ended, it is signed out: told once its row is gone, so that whoever asks again finds it so."""
    user = User.objects.filter(pk=instance.get_decoded().get(SESSION_KEY)).first()
    if user is not None:
        signed_out.send(sender=User, user=user, session_key=instance.session_key)


@receiver([password_changed, password_reset])
def end_other_sessions(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever knew the old password is out everywhere."""
    end_sessions(user, keep=request.session.session_key or "")
