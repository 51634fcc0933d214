"""The administrator sees everybody's tokens and ends them with a reason; others do not."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.exceptions import TokenRefused
from credentials.models import PersonalToken
from credentials.tokens.issue import revoke_token
from tests.tokens import token_of

pytestmark = pytest.mark.django_db

INDEX = "credentials_personaltoken_modeladmin_index"


@pytest.fixture
def administrator(people: Any) -> Client:
    client = Client()
    client.force_login(people["superuser"])
    return client


@pytest.fixture
def tokens(people: Any) -> dict[str, PersonalToken]:
    """One in force, one expired, one revoked."""
    made = {
        name: token_of(people[who], name)[0]
        for name, who in (("working", "editor"), ("old", "department"), ("lost", "committee"))
    }
    PersonalToken.objects.filter(pk=made["old"].pk).update(expires_at=timezone.now())
    revoke_token(made["lost"], people["committee"])
    return made


def names_in(response: Any) -> set[str]:
    return {token.name for token in response.context["object_list"]}


def test_it_lists_everybodys_and_is_filtered(administrator: Client, tokens: Any) -> None:
    assert names_in(administrator.get(reverse(INDEX))) == {"working", "old", "lost"}
    for standing, name in (("in_force", "working"), ("expired", "old"), ("revoked", "lost")):
        found = administrator.get(reverse(INDEX), {"standing": standing})
        assert names_in(found) == {name}
    assert names_in(administrator.get(reverse(INDEX), {"q": "old"})) == {"old"}


def test_it_is_exported_without_any_key(administrator: Client, tokens: Any) -> None:
    answer = administrator.get(reverse(INDEX), {"export": "csv"})
    content = b"".join(answer).decode()  # type: ignore[call-overload]
    rows = {row[1]: row for row in csv.reader(StringIO(content))}
    assert rows["working"][0] == "Editor"
    assert rows["lost"][6:7] == ["Revoked"]
    assert all(token.key_hash not in content for token in tokens.values())


def test_it_revokes_with_a_reason_and_tells_the_person(
    administrator: Client, tokens: Any, people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    address = reverse("tokens:revoke_any", args=[tokens["working"].pk])
    assert "Revoke “working” of Editor" in administrator.get(address).content.decode()
    assert administrator.post(address, {"reason": " "}).context["form"].errors
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(address, {"reason": "It was in a public repository."})
    token = PersonalToken.objects.get(pk=tokens["working"].pk)
    assert not token.is_in_force
    assert token.revoked_reason == "It was in a public repository."
    assert token.revoked_by_name == "root"
    (message,) = mail.outbox
    assert message.to == ["editor@example.org"]
    assert "working" in message.subject
    assert "It was in a public repository." in message.body
    own = Client()
    own.force_login(people["editor"])
    assert b"It was in a public repository." in own.get(reverse("tokens:index")).content


def test_others_neither_see_nor_end_them(tokens: Any, people: Any) -> None:
    client = Client()
    client.force_login(people["department"])
    assert client.get(reverse(INDEX)).status_code in (302, 403)
    address = reverse("tokens:revoke_any", args=[tokens["working"].pk])
    assert client.post(address, {"reason": "Because."}).status_code in (302, 403)
    with pytest.raises(TokenRefused, match="another person's"):
        revoke_token(tokens["working"], people["department"], "Because.")
    assert PersonalToken.objects.get(pk=tokens["working"].pk).is_in_force


def test_wagtails_permission_on_tokens_says_who_does(tokens: Any, people: Any) -> None:
    auditor = people["department"]
    auditor.user_permissions.add(Permission.objects.get(codename="delete_apitoken"))
    client = Client()
    client.force_login(auditor)
    assert names_in(client.get(reverse(INDEX))) == {"working", "old", "lost"}


def test_without_a_reason_nobody_ends_anothers(tokens: Any, people: Any) -> None:
    with pytest.raises(TokenRefused, match="Say why"):
        revoke_token(tokens["working"], people["superuser"])
