"""Forms that come incomplete, garbled or twice: a sentence, nothing stored, and no error."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from tests.credentials.editor_form import form_of
from tests.factories import CertificateProgramFactory, MicroCredentialFactory

pytestmark = pytest.mark.django_db

GARBLED: list[dict[str, str]] = [
    {},
    {"title": "A"},
    {"title": "A", "slug": "a", "curriculum-count": "0"},
    {"title": "A", "slug": "a", "curriculum-count": "x"},
    {"title": "A", "slug": "a", "curriculum-count": "0", "sessions-TOTAL_FORMS": "x"},
    {"title": "A", "slug": "a", "curriculum-count": "0", "description": "{"},
    {"title": "A", "slug": "a", "curriculum-count": "0", "description": "[1]"},
]


@pytest.fixture
def editing(people: dict[str, Any]) -> Client:
    """The browser of somebody who may edit everything."""
    client = Client(raise_request_exception=False)
    client.force_login(people["superuser"])
    return client


@pytest.mark.parametrize("sent", GARBLED)
@pytest.mark.parametrize("name", ["edit", "revisions_revert", "add"])
@pytest.mark.parametrize("factory", [MicroCredentialFactory, CertificateProgramFactory])
def test_a_form_of_an_offering_that_lacks_what_it_was_drawn_with(
    root: Any, editing: Client, name: str, sent: dict[str, str], factory: Any
) -> None:
    page = factory(parent=root)
    revisions, pages = Revision.objects.count(), Page.objects.count()
    args = {
        "edit": [page.pk],
        "revisions_revert": [page.pk, page.latest_revision_id],
        "add": ["credentials", page._meta.model_name, root.pk],
    }[name]
    response = editing.post(reverse(f"wagtailadmin_pages:{name}", args=args), sent)
    assert response.status_code in (200, 400), response.content
    assert (Revision.objects.count(), Page.objects.count()) == (revisions, pages)


@pytest.mark.parametrize("sent", GARBLED)
def test_pages_of_other_kinds(root: Any, editing: Client, sent: dict[str, str]) -> None:
    for page in (root, root.get_parent()):
        response = editing.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
        assert response.status_code in (200, 302, 400)


def test_the_sentence_names_what_is_missing(root: Any, editing: Client) -> None:
    page = MicroCredentialFactory(parent=root)
    address = reverse(
        "wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision_id]
    )
    response = editing.post(address, {"title": "A"})
    assert response.status_code == 400
    assert "lacks “" in response.content.decode()
    asked = {"Accept": "application/json"}
    problem = editing.post(address, {"title": "A"}, headers=asked).json()
    assert problem["errors"][0]["parameter"].endswith("-count")


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "１"])
def test_a_revision_that_there_is_not_is_not_overwritten(
    root: Any, editing: Client, key: str
) -> None:
    page = MicroCredentialFactory(parent=root)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = form_of(editing, page) | {"overwrite_revision_id": key, "title": "Changed"}
    assert editing.post(address, sent).status_code in (200, 400)
    assert not Revision.objects.filter(object_str="Changed").exists()


@pytest.mark.parametrize(
    ("address", "query", "status"),
    [
        ("/admin/choose-external-link/", {"parent_page_id": "x"}, 400),
        ("/admin/choose-email-link/", {"parent_page_id": "9999-12-31T00:00:00"}, 400),
        ("/admin/choose-page/", {"target_pages[]": "x"}, 400),
        ("/admin/workflows/edit/1/", {"p": "x"}, 400),
        ("/admin/workflows/edit/1/", {"p": "9" * 30}, 404),
    ],
)
def test_a_value_that_wagtail_cannot_read(
    root: Any, editing: Client, address: str, query: dict[str, str], status: int
) -> None:
    assert editing.get(address, query).status_code == status


def test_a_way_back_that_leads_nowhere(root: Any, editing: Client) -> None:
    page = MicroCredentialFactory(parent=root)
    for sent in ("x", "9999-12-31T00:00"):
        response = editing.post(f"/admin/pages/{page.pk}/lock/", {"next": sent})
        assert response.status_code == 400


def test_a_form_that_wagtail_does_not_expect(root: Any, editing: Client) -> None:
    for address in ("/admin/choose-external-link/", "/admin/redirects/import/process/"):
        assert editing.post(address, {"url": "x"}).status_code in (200, 302, 400)


def test_an_error_of_the_site_stays_one(editing: Client) -> None:
    assert editing.get("/admin/failwhale/", {"x": "y"}).status_code == 500
