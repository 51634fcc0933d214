"""Nobody makes another's token: the administrator tries every way that Wagtail has."""

from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken

from credentials.models import PersonalToken
from credentials.tokens.issue import make_token
from tests.tokens import token_of

pytestmark = pytest.mark.django_db

WAGTAILS = "wagtailusers_api_tokens"
APIS = ("/api/v3/whoami/", "/api/workflow/v1/awaiting")


@pytest.fixture
def administrator(people: Any) -> Client:
    """May do everything that a permission gives."""
    client = Client()
    client.force_login(people["superuser"])
    return client


def opens_nothing(key: str) -> bool:
    client = Client(headers={"Authorization": f"Bearer {key}"})
    return all(client.get(path).status_code == 401 for path in APIS)


def test_wagtails_form_makes_none(administrator: Client, people: Any) -> None:
    address = reverse(f"{WAGTAILS}:add")
    chair = people["department"]
    for answer in (
        administrator.get(address),
        administrator.post(address, {"name": "mine", "user": chair.pk}),
    ):
        assert answer.status_code == 302
        assert answer.url == reverse("wagtailadmin_home")
    assert not APIToken.objects.exists()


def test_nor_for_those_who_were_allowed_to_make_tokens(people: Any) -> None:
    editor = people["editor"]
    editor.user_permissions.set(Permission.objects.filter(codename__endswith="_apitoken"))
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))
    client = Client()
    client.force_login(editor)
    client.post(reverse(f"{WAGTAILS}:add"), {"name": "mine", "user": people["department"].pk})
    assert not APIToken.objects.exists()


@pytest.mark.parametrize("name", ["edit", "delete", "history", "usage"])
def test_wagtails_other_pages_show_and_change_nothing(
    administrator: Client, people: Any, name: str
) -> None:
    token, _key = token_of(people["department"], "Theirs")
    address = reverse(f"{WAGTAILS}:{name}", args=[token.pk])
    for answer in (administrator.get(address), administrator.post(address, {"name": "Other"})):
        assert answer.status_code in (302, 405)
    token.refresh_from_db()
    assert (token.name, token.revoked_at) == ("Theirs", None)


def test_the_menu_leads_to_the_list_that_makes_none(administrator: Client, people: Any) -> None:
    home = administrator.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("credentials_personaltoken_modeladmin_index") in home
    assert reverse(f"{WAGTAILS}:index") not in home


def test_the_list_itself_makes_and_changes_none(administrator: Client, people: Any) -> None:
    token, _key = token_of(people["department"], "Theirs")
    facts = {"name": "Other", "user": people["department"].pk}
    base = reverse("credentials_personaltoken_modeladmin_index")
    for path in ("create/", f"edit/{token.pk}/", f"delete/{token.pk}/"):
        assert administrator.post(f"{base}{path}", facts).status_code in (302, 403, 404)
    assert list(APIToken.objects.values_list("name", flat=True)) == ["Theirs"]


def test_the_command_makes_none_and_still_revokes(people: Any) -> None:
    with pytest.raises(CommandError, match="would open nothing"):
        call_command("api_tokens", "create", "--user", "department", "--name", "mine")
    assert not APIToken.objects.exists()
    token, key = token_of(people["department"], "Theirs")
    out = StringIO()
    call_command("api_tokens", "list", stdout=out)
    assert "Theirs" in out.getvalue()
    call_command("api_tokens", "revoke", "--id", str(token.pk), stdout=out)
    assert opens_nothing(key)


def test_what_wagtails_code_makes_opens_nothing(people: Any) -> None:
    """A token without its person's own terms is none, also for who has a shell."""
    _token, key = APIToken.create_token(user=people["department"], name="by code")
    assert opens_nothing(key)


def test_the_persons_own_form_knows_no_other_person(administrator: Client, people: Any) -> None:
    facts = {"name": "mine", "kind": "act", "days": "7", "password": "secret"}
    chair = people["department"]
    administrator.post(reverse("tokens:make"), {**facts, "user": chair.pk, "person": chair.pk})
    assert PersonalToken.objects.get().user == people["superuser"]


def test_tokens_of_the_last_version_are_ended(people: Any) -> None:
    """Which of them an administrator made cannot be told."""
    old, _key = APIToken.create_token(user=people["department"], name="old")
    import_module("credentials.migrations.0012_personal_tokens").end_earlier_tokens(apps, None)
    old.refresh_from_db()
    assert old.revoked_at is not None


def test_a_token_goes_with_its_account(people: Any) -> None:
    make_token(people["second_member"], "theirs", 7)
    people["second_member"].delete()
    assert not APIToken.objects.exists()
