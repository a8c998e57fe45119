"""From sign-up to a verified person, and answers that tell nobody who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.test import Client

from portal.accounts.models import User
from portal.kernel.models import OutboxEntry
from tests.factories.accounts import PASSWORD, UserFactory

Mail = Callable[[], list[EmailMessage]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somebody_is_here() -> User:
    """The portal is not empty: its first person is another matter."""
    return UserFactory(email="first@example.org")


def sign_up(client: Client, email: str, password: str = PASSWORD, name: str = "Nia New") -> Any:
    return client.post("/account/signup/", {"display_name": name, "email": email, "password1": password})


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://[^/]+(/\S+)", str(mail.body))
    assert found, mail.body
    return found.group(1)


def test_newcomer_confirms_and_signs_in(client: Client, sent_mail: Mail) -> None:
    answer = sign_up(client, "Nia@Example.org")
    (mail,) = sent_mail()
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    assert mail.to == ["nia@example.org"]

    client.post(link_in(mail))

    nia = User.objects.get(email="nia@example.org")
    assert (nia.display_name, nia.has_verified_email) == ("Nia New", True)
    signed_in = Client().post("/account/login/", {"login": "NIA@example.org", "password": PASSWORD})
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/desk/")


def test_link_asks_before_it_confirms(client: Client, sent_mail: Mail) -> None:
    sign_up(client, "nia@example.org")
    (mail,) = sent_mail()

    assert client.get(link_in(mail)).status_code == 200
    assert not EmailAddress.objects.get(email="nia@example.org").verified


def test_unproved_address_does_not_sign_in(client: Client, sent_mail: Mail) -> None:
    sign_up(client, "nia@example.org")

    answer = Client().post("/account/login/", {"login": "nia@example.org", "password": PASSWORD})

    assert answer["Location"] == "/account/confirm-email/"


def test_mail_waits_in_the_outbox(client: Client, mailoutbox: list[EmailMessage]) -> None:
    sign_up(client, "nia@example.org")

    assert mailoutbox == []
    assert OutboxEntry.objects.filter(topic="mail").count() == 1


def shape(answer: Any) -> tuple[int, str | None, bytes]:
    """What an outsider sees of an answer, without what is new in every answer."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"|suggestions-[0-9a-f]{8}', b"", answer.content)
    return answer.status_code, answer.get("Location"), body


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/signup/", {"display_name": "Nia", "password1": PASSWORD, "email": "{}"}),
        ("/account/password/reset/", {"email": "{}"}),
        ("/account/login/", {"login": "{}", "password": "not the password"}),
    ],
)
def test_known_and_unknown_address_get_the_same_answer(path: str, fields: dict[str, str]) -> None:
    known = {name: value.format("first@example.org") for name, value in fields.items()}
    unknown = {name: value.format("other@example.org") for name, value in fields.items()}

    told = [shape(Client().post(path, given)) for given in (known, unknown)]
    shown = [shape(Client().post(path, given, follow=True)) for given in (known, unknown)]

    assert told[0][:2] == told[1][:2]
    assert shown[0][2].replace(b"first@example.org", b"other@example.org") == shown[1][2]


def test_owner_of_a_known_address_is_warned_by_mail(client: Client, sent_mail: Mail) -> None:
    sign_up(client, "first@example.org")

    (mail,) = sent_mail()
    assert mail.to == ["first@example.org"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "password1234", "eleven char"])
def test_weak_password_is_refused(client: Client, password: str) -> None:
    answer = sign_up(client, "nia@example.org", password)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"password1"}
    assert not User.objects.filter(email="nia@example.org").exists()


def test_one_address_is_one_person_however_it_is_typed() -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(email="First@Example.org", display_name="Copy")


def test_password_reset_by_mail(client: Client, sent_mail: Mail) -> None:
    client.post("/account/password/reset/", {"email": "first@example.org"})
    (mail,) = sent_mail()
    landed = client.get(link_in(mail), follow=True)
    client.post(
        landed.request["PATH_INFO"], {"password1": "another long sentence", "password2": "another long sentence"}
    )

    assert User.objects.get(email="first@example.org").check_password("another long sentence")


def test_guessing_a_password_is_slowed_down(client: Client) -> None:
    answers = [client.post("/account/login/", {"login": "first@example.org", "password": "no"}) for _n in range(12)]

    assert "Too many failed login attempts" in answers[-1].content.decode()


def test_next_leads_nowhere_else(client: Client) -> None:
    answer = client.post(
        "/account/login/?next=https://evil.example/", {"login": "first@example.org", "password": PASSWORD}
    )

    assert answer["Location"] == "/desk/"
