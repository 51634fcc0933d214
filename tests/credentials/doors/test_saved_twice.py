"""A new page whose automatic first save and the person's own meet: made once, and they are told."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from credentials.models import MicroCredential
from tests.at_once import at_once
from tests.credentials.editor_form import form_of_new
from tests.factories import MicroCredentialFactory


def new_page(root: Any) -> str:
    """Where a new offering is saved for the first time."""
    return reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])


@pytest.mark.django_db
def test_the_second_save_is_told_and_makes_none(people: Any, root: Any, client: Client) -> None:
    client.force_login(people["editor"])
    like = MicroCredentialFactory(parent=root)
    sent = form_of_new(client, like, title="Twice", slug="twice")
    made = client.post(new_page(root), sent, headers={"Accept": "application/json"})
    assert made.json()["success"], made.content
    again = client.post(new_page(root), sent)
    assert again.status_code == 200
    assert "already in use" in again.content.decode()
    assert MicroCredential.objects.filter(title="Twice").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once")
@pytest.mark.parametrize("slugs", [("twice", "twice"), ("once", "twice")])
def test_two_saves_at_one_moment(people: Any, root: Any, slugs: tuple[str, str]) -> None:
    like = MicroCredentialFactory(parent=root)
    first = Client()
    first.force_login(people["editor"])
    sent = form_of_new(first, like, title="Twice")

    answers = []

    def save(slug: str, headers: dict[str, str]) -> None:
        client = Client()
        client.force_login(people["editor"])
        response = client.post(new_page(root), sent | {"slug": slug}, headers=headers)
        answers.append(response.status_code)

    raised = at_once(
        lambda: save(slugs[0], {"Accept": "application/json"}), lambda: save(slugs[1], {})
    )
    assert not raised
    assert all(status in (200, 302, 400) for status in answers), answers
    made = MicroCredential.objects.filter(title="Twice")
    assert made.count() == len(set(slugs))
    assert not Page.find_problems()[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once")
def test_pages_of_other_kinds_at_one_moment(people: Any, root: Any) -> None:
    home = root.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["home", "cataloguepage", home.pk])
    first = Client()
    first.force_login(people["superuser"])
    sent = form_of_new(first, root, title="Twice", slug="twice")
    answers = []

    def save() -> None:
        client = Client(raise_request_exception=False)
        client.force_login(people["superuser"])
        answers.append(client.post(address, sent).status_code)

    assert not at_once(save, save, save)
    assert all(status in (200, 302, 400, 409) for status in answers), answers
    assert Page.objects.filter(slug="twice").count() == 1
