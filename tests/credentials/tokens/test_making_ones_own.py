"""Everybody makes their own API tokens: named, with an end, shown once, after their password."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.exceptions import TokenRefused
from credentials.models import PersonalToken
from credentials.tokens.issue import make_token, revoke_token
from tests.tokens import token_of

pytestmark = pytest.mark.django_db

MAKE = "tokens:make"
FACTS = {"name": "Curriculum system", "kind": "read", "days": "90", "password": "secret"}


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def key_in(response: Any) -> str:
    return str(response.context["key"])


@pytest.mark.parametrize("role", ["editor", "department", "committee", "superuser"])
def test_whoever_enters_the_admin_makes_one_and_uses_it(people: Any, role: str) -> None:
    client = signed_in(people[role])
    assert reverse("tokens:index") in client.get(reverse("wagtailadmin_account")).content.decode()
    assert b"You have no tokens" in client.get(reverse("tokens:index")).content
    made = client.post(reverse(MAKE), FACTS)
    key = key_in(made)
    assert key.encode() in made.content
    assert "no-store" in made["Cache-Control"]
    who = Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v3/whoami/")
    assert who.json()["user"]["username"] == people[role].get_username()


def test_it_is_shown_once_and_kept_nowhere(people: Any) -> None:
    client = signed_in(people["editor"])
    key = key_in(client.post(reverse(MAKE), FACTS))
    shown = client.get(reverse("tokens:index")).content.decode()
    assert "Curriculum system" in shown
    assert key not in shown
    assert key not in str(PersonalToken.objects.values().get())


def test_it_only_reads_for_ninety_days_unless_more_is_chosen(people: Any) -> None:
    form = signed_in(people["editor"]).get(reverse(MAKE)).context["form"]
    assert (form["kind"].value(), form["days"].value()) == ("read", 90)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 101),
        ("kind", "all"),
        ("days", "366"),
        ("days", ""),
        ("password", "another"),
        ("password", ""),
    ],
)
def test_what_is_wrong_is_told_and_makes_nothing(people: Any, field: str, value: str) -> None:
    answer = signed_in(people["editor"]).post(reverse(MAKE), {**FACTS, field: value})
    assert answer.context["form"].errors.keys() == {field}
    assert not PersonalToken.objects.exists()


def test_somebody_at_anothers_screen_makes_none(people: Any) -> None:
    """The password is the person's own, not that of anybody who has one."""
    people["department"].set_password("theirs")
    people["department"].save()
    client = signed_in(people["editor"])
    answer = client.post(reverse(MAKE), {**FACTS, "password": "theirs"})
    assert "This is not your password" in str(answer.context["form"].errors)


def test_nothing_lives_longer_than_a_year_whoever_makes_it(people: Any) -> None:
    with pytest.raises(ValidationError, match="a year at most"):
        make_token(people["editor"], "for ever", 366)
    token, _key = token_of(people["editor"])
    token.expires_at = timezone.now() + datetime.timedelta(days=400)
    with pytest.raises(ValidationError, match="a year at most"):
        token.save()


def test_two_in_force_do_not_share_a_name(people: Any) -> None:
    """A record that names the token names one."""
    first, _key = token_of(people["editor"], "Curriculum system")
    answer = signed_in(people["editor"]).post(reverse(MAKE), FACTS)
    assert "another name" in str(answer.context["form"].errors["name"])
    token_of(people["department"], "Curriculum system")
    revoke_token(first, people["editor"])
    assert signed_in(people["editor"]).post(reverse(MAKE), FACTS).context["key"]


def test_who_is_deactivated_makes_none(people: Any) -> None:
    people["editor"].is_active = False
    with pytest.raises(TokenRefused):
        make_token(people["editor"], "late", 7)


def test_a_person_revokes_their_own_after_confirming(people: Any) -> None:
    token, _key = token_of(people["editor"], "Lost laptop")
    client = signed_in(people["editor"])
    address = reverse("tokens:revoke", args=[token.pk])
    assert "Revoke the token “Lost laptop”?" in client.get(address).content.decode()
    assert PersonalToken.objects.in_force().exists()
    shown = client.post(address, follow=True).content.decode()
    assert "“Lost laptop” is revoked" in shown
    token.refresh_from_db()
    assert token.revoked_by_name == "Editor"
    assert "revoked already" in client.post(address, follow=True).content.decode()


def test_nobody_finds_anothers_among_their_own(people: Any) -> None:
    token, _key = token_of(people["editor"], "Mine")
    for other in ("department", "superuser"):
        client = signed_in(people[other])
        assert b"Mine" not in client.get(reverse("tokens:index")).content
        assert client.post(reverse("tokens:revoke", args=[token.pk])).status_code == 404
    assert PersonalToken.objects.in_force().exists()


@pytest.mark.parametrize("name", ["tokens:index", MAKE])
def test_a_visitor_is_sent_to_sign_in(people: Any, name: str) -> None:
    assert Client().get(reverse(name)).status_code == 302
