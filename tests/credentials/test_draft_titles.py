"""Who may not work on a draft learns its title nowhere in the admin (law 6)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken

from credentials.models import MicroCredential
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import edit
from tests.site.admin_addresses import addresses

pytestmark = pytest.mark.django_db

DRAFT, TO_COME = "Unannounced Draft", "Unannounced Rename"


@pytest.fixture
def draft(root: Any) -> Any:
    """A draft that nobody submitted, beside a live offering that is to be renamed."""
    public = CourseFactory(parent=root, title="Bread science", life="live")
    edit(public, title=TO_COME)
    return MicroCredentialFactory(parent=root, title=DRAFT)


@pytest.fixture
def stranger(people: dict[str, Any]) -> Client:
    """Somebody who may enter the admin, and nothing more there."""
    user = get_user_model().objects.create_user("stranger")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def chooser(draft: Any) -> list[str]:
    """Addresses at which the chooser tells titles."""
    parent = draft.get_parent()
    browse = reverse("wagtailadmin_choose_page_child", args=[parent.pk])
    return [
        browse,
        f"{browse}?page_type=credentials.MicroCredential",
        reverse("wagtailadmin_choose_page_child", args=[draft.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Unannounced",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={draft.pk}",
    ]


@pytest.mark.parametrize("who", ["stranger", "committee"])
def test_the_chooser_tells_no_title_of_a_draft(
    draft: Any, people: dict[str, Any], stranger: Client, who: str
) -> None:
    if who == "committee":
        stranger.force_login(people["committee"])
    for address in chooser(draft):
        page = stranger.get(address).content.decode()
        assert DRAFT not in page, address
        assert TO_COME not in page, address


def test_an_editor_chooses_from_drafts(draft: Any, people: Any, client: Client) -> None:
    client.force_login(people["editor"])
    for address in chooser(draft):
        assert DRAFT in client.get(address).content.decode(), address


def test_what_is_public_can_be_chosen_by_everybody(root: Any, stranger: Client) -> None:
    CourseFactory(parent=root, title="Plain bread", life="live")
    address = reverse("wagtailadmin_choose_page_child", args=[root.pk])
    assert "Plain bread" in stranger.get(address).content.decode()


@pytest.mark.parametrize("sent", ["x", "9" * 30, "0", "²", "1", "１"])
def test_no_such_page_is_chosen(people: Any, client: Client, sent: str) -> None:
    client.force_login(people["editor"])
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert client.get(address, {"id": sent}).status_code == 404


def test_no_page_of_the_admin_tells_a_stranger(draft: Any, stranger: Client) -> None:
    """Every address of the admin, with the draft wherever one takes a key or a page."""
    row = MicroCredential.objects.get(pk=draft.pk)
    values = {
        "page_id": row.pk,
        "parent_page_id": row.pk,
        "pk": row.pk,
        "instance_pk": row.pk,
        "revision_id": row.latest_revision_id,
        "content_type_app_name": "credentials",
        "content_type_model_name": "microcredential",
        "app_label": "credentials",
        "model_name": "microcredential",
        "content_type_id": row.content_type_id,
        "object_id": row.pk,
    }
    seen = 0
    for address in addresses():
        path = address.of(**values)
        if path is None or not path.startswith("/admin/"):
            continue
        for query in ("", f"?q=Unannounced&id={row.pk}"):
            response = stranger.get(f"{path}{query}")
            if response.status_code == 200:
                seen += 1
                body = response.getvalue().decode(errors="replace")
                assert DRAFT not in body, path
                assert TO_COME not in body, path
    assert seen > 20


def test_a_strangers_token_reads_no_draft(draft: Any, stranger: Client) -> None:
    user = get_user_model().objects.get(username="stranger")
    _token, key = APIToken.create_token(user=user, name="t")
    client = Client(headers={"Authorization": f"Bearer {key}"})
    for address in ("/api/v3/pages/", "/api/v3/pages/?search=Unannounced"):
        assert DRAFT not in client.get(address).content.decode()
    assert client.get(f"/api/v3/pages/{draft.pk}/").status_code == 404
