"""Telling people: inbox at once, mail by the outbox, the right to see asked again when it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from portal.accounts.actions import erase_person, invite_member, remove_member, withdraw_invitation
from portal.accounts.models import Organisation, User
from portal.incubation.notices import GateDecided
from portal.kernel.commit import enqueue
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import drain
from portal.notifications.actions import choose_mail
from portal.notifications.models import Notification, SentMail
from portal.notifications.send import send
from tests.factories.accounts import UserFactory
from tests.factories.incubation import GateReviewFactory


@dataclass(frozen=True)
class Told:
    """A notice about an organisation, or about nothing."""

    organisation: Organisation | None = None
    category: str = "organisations"
    text: str = "News"

    @property
    def kind(self) -> str:
        return "organisation" if self.organisation else ""

    @property
    def key(self) -> str:
        return self.organisation.slug if self.organisation else ""

    def subject(self) -> str:
        return f"{self.text} [{get_language()}]"

    def body(self) -> str:
        return "More about it."

    def url(self) -> str:
        return "/organisations/"


@pytest.fixture
def sent(mailoutbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Work the mail off, and give what left."""

    def left() -> list[EmailMessage]:
        drain(["mail"])
        return mailoutbox

    return left


def test_reader_is_told_in_their_language(creator: User, sent: Callable[[], list[EmailMessage]], settings: Any) -> None:
    creator.preferred_language = "ru"
    creator.save()

    (row,) = send(Told(), to=[creator, creator])
    (mail,) = sent()

    assert (row.subject, row.body, row.user) == ("News [ru]", "More about it.", creator)
    assert (mail.to, mail.subject) == ([creator.email], "News [ru]")
    assert f"{settings.PORTAL_URL}/organisations/" in mail.body
    row.refresh_from_db()
    assert row.mailed_at is not None


@pytest.mark.parametrize(
    "lose",
    [
        lambda user, organisation: organisation.memberships.filter(user=user).delete(),
        lambda user, organisation: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user, organisation: user.emailaddress_set.update(verified=False),
        lambda user, organisation: Organisation.objects.filter(pk=organisation.pk).update(slug="moved-away"),
    ],
)
def test_nothing_is_mailed_after_the_right_is_lost(
    lose: Callable[[User, Organisation], object],
    colleague: User,
    organisation: Organisation,
    sent: Callable[[], list[EmailMessage]],
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state="pending")
    send(Told(organisation), to=[colleague])

    lose(colleague, organisation)

    assert sent() == []
    assert not OutboxEntry.objects.filter(topic="mail").exists()


def test_with_the_right_it_is_mailed(
    colleague: User, organisation: Organisation, sent: Callable[[], list[EmailMessage]]
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state="pending")
    send(Told(organisation), to=[colleague])

    assert len(sent()) == 1


def test_rolled_back_news_is_no_news(creator: User, sent: Callable[[], list[EmailMessage]]) -> None:
    with transaction.atomic():
        send(Told(), to=[creator])
        transaction.set_rollback(True)

    assert sent() == []
    assert not Notification.objects.exists()


def test_muted_category_stays_in_the_inbox(creator: User, sent: Callable[[], list[EmailMessage]]) -> None:
    choose_mail({"organisations": "never"}, actor=creator)
    send(Told(), to=[creator])

    assert sent() == []
    assert Notification.objects.visible_to(creator).count() == 1


def test_nobody_who_is_gone_is_told(db: None) -> None:
    assert send(Told(), to=[UserFactory(is_active=False)]) == []


def test_mail_server_away_costs_no_attempt(creator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> None:
        raise SMTPServerDisconnected("away")

    send(Told(), to=[creator])
    monkeypatch.setattr(EmailMessage, "send", away)

    drain(["mail"])

    entry = OutboxEntry.objects.get(topic="mail")
    assert (entry.attempts, entry.dead) == (0, False)
    assert Notification.objects.get().mailed_at is None


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (SMTPRecipientsRefused({"a@example.org": (550, b"no such box")}), 1),
        (SMTPDataError(554, b"not this"), 1),
        (SMTPDataError(451, b"later"), 0),
        (SMTPRecipientsRefused({"a@example.org": (450, b"greylisted")}), 0),
        (SMTPAuthenticationError(535, b"wrong password"), 0),
    ],
)
def test_a_mail_that_is_refused_for_good_costs_attempts(
    creator: User, monkeypatch: pytest.MonkeyPatch, error: Exception, attempts: int
) -> None:
    def answer(*_args: Any) -> None:
        raise error

    send(Told(), to=[creator])
    monkeypatch.setattr(EmailMessage, "send", answer)

    drain(["mail"])

    assert OutboxEntry.objects.get(topic="mail").attempts == attempts


def test_mail_is_sent_once_though_the_entry_comes_twice(creator: User, sent: Callable[[], list[EmailMessage]]) -> None:
    (row,) = send(Told(), to=[creator])
    sent()
    OutboxEntry.objects.create(topic="mail", key=f"notification:{row.pk}", not_before=row.created_at)

    assert len(sent()) == 1


def test_line_break_in_a_subject_makes_no_header(creator: User, sent: Callable[[], list[EmailMessage]]) -> None:
    send(Told(text="Hello\r\nBcc: all@example.org"), to=[creator])

    (mail,) = sent()

    assert "\n" not in mail.subject
    assert mail.recipients() == [creator.email]


def test_kept_mail_is_stored_and_shown_on_the_terminal(
    creator: User, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "portal.notifications.mailbox.KeptMailBackend"
    send(Told(), to=[creator])

    drain(["mail"])

    kept = SentMail.objects.get()
    assert (kept.to, kept.subject) == (creator.email, "News [en]")
    assert "✉ News [en]" in capsys.readouterr().out


def test_an_invitation_taken_back_is_not_mailed(
    owner: User, creator: User, organisation: Organisation, sent: Callable[[], list[EmailMessage]]
) -> None:
    invitation = invite_member(organisation, actor=owner, email=creator.email)
    drain(["invitation"])
    assert Notification.objects.get(user=creator).subject.startswith(str(organisation))

    withdraw_invitation(invitation, actor=owner)

    assert [mail for mail in sent() if creator.email in mail.to] == []


def test_who_is_no_longer_a_member_learns_it_though_they_see_the_organisation_no_more(
    owner: User, colleague: User, organisation: Organisation, sent: Callable[[], list[EmailMessage]]
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state="pending")

    remove_member(organisation, colleague, actor=owner)

    assert [mail.to for mail in sent()] == [[colleague.email]]


def test_mail_that_waits_goes_with_the_person(creator: User, sent: Callable[[], list[EmailMessage]]) -> None:
    payload = {"to": creator.email, "subject": "Your address", "text": "Is it yours?"}
    enqueue("mail", "account:1", payload=payload, distinct=True)
    enqueue("mail", "account:2", payload={**payload, "to": "somebody@example.org"}, distinct=True)

    erase_person(creator, actor=creator)

    assert [mail.to for mail in sent()] == [["somebody@example.org"]]


def test_words_of_a_state_wait_for_the_language_of_the_reader(db: None) -> None:
    review = GateReviewFactory()

    with override("ru"):
        notice = GateDecided.of(review)

    assert isinstance(notice.outcome, Promise)
