"""The pages above a published offering, attacked through Wagtail's API v3 as superuser."""

from typing import Any

import pytest
from wagtail.models import Page, Site

from home.models import CataloguePage
from tests.factories import CourseFactory
from tests.on_record import approve_as_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unharmed")]

STAYS = "stays where everybody can open it"


def refused(response: Any, *statuses: int) -> str:
    """The sentence of a problem document with one of these statuses."""
    assert response.status_code in statuses, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    return str(response.json()["detail"])


@pytest.mark.parametrize("path", ["pages/{}/", "pages/{}/actions/delete/"])
def test_deleting_the_catalogue_or_the_home_page(api: Any, root: Any, path: str) -> None:
    for page in (root, root.get_parent()):
        detail = refused(api("DELETE", path.format(page.pk)), 403)
        assert STAYS in detail
        assert "Retire or withdraw" in detail


def test_deleting_a_page_of_another_type_above(api: Any, root: Any) -> None:
    """The root of the tree is a plain page, which knows nothing of offerings."""
    assert refused(api("DELETE", f"pages/{Page.get_first_root_node().pk}/"), 403)


@pytest.mark.parametrize("recursive", [True, False])
def test_unpublishing_the_catalogue_or_the_home_page(api: Any, root: Any, recursive: bool) -> None:
    for page in (root, root.get_parent()):
        address = f"pages/{page.pk}/actions/unpublish/"
        assert STAYS in refused(api("POST", address, {"recursive": recursive}), 403)


def test_moving_an_offering_out_of_the_site(api: Any, root: Any, course: Any) -> None:
    tree = Page.get_first_root_node()
    home = root.get_parent()
    for body in (
        {"destination_id": tree.pk, "position": "last-child"},
        {"destination_id": home.pk, "position": "right"},
        {"destination_id": home.pk},
    ):
        response = api("POST", f"pages/{course.pk}/actions/move/", body)
        assert STAYS in refused(response, 403)


def test_moving_the_catalogue_out_of_the_site(api: Any, root: Any, course: Any) -> None:
    body = {"destination_id": root.get_parent().pk, "position": "right"}
    assert refused(api("POST", f"pages/{root.pk}/actions/move/", body), 403)


def test_moving_an_offering_below_a_page_that_is_not_published(
    api: Any, root: Any, course: Any
) -> None:
    draft = root.get_parent().add_child(
        instance=CataloguePage(title="Draft", slug="draft", live=False)
    )
    body = {"destination_id": draft.pk, "position": "last-child"}
    assert STAYS in refused(api("POST", f"pages/{course.pk}/actions/move/", body), 403)


def test_reordering_is_free(api: Any, root: Any, course: Any) -> None:
    other = CourseFactory(parent=root, title="Baking")
    body = {"destination_id": other.pk, "position": "right"}
    assert api("POST", f"pages/{course.pk}/actions/move/", body).status_code == 200


def test_an_empty_catalogue_may_go(api: Any, root: Any) -> None:
    spare = root.get_parent().add_child(instance=CataloguePage(title="Spare", slug="spare"))
    assert api("POST", f"pages/{spare.pk}/actions/unpublish/").status_code == 200
    assert api("DELETE", f"pages/{spare.pk}/").status_code == 204


def test_what_was_approved_and_not_yet_published_is_named_by_the_record(
    api: Any, root: Any
) -> None:
    other = root.get_parent().add_child(instance=CataloguePage(title="Other", slug="other"))
    approve_as_is(CourseFactory(parent=other, title="Baking"))
    assert "retired or withdrawn" in refused(api("DELETE", f"pages/{other.pk}/"), 409)


def test_copying_or_aliasing_the_catalogue_with_what_is_live_below(api: Any, root: Any) -> None:
    copy = {"recursive": True, "keep_live": True, "slug": "copy"}
    alias = {"recursive": True, "slug": "alias"}
    refused(api("POST", f"pages/{root.pk}/actions/copy/", copy), 403)
    refused(api("POST", f"pages/{root.pk}/actions/create_alias/", alias), 403)
    assert CataloguePage.objects.count() == 1


def test_the_site_begins_elsewhere_or_is_deleted(api: Any, root: Any) -> None:
    site = Site.objects.get()
    elsewhere = root.get_parent().add_child(instance=CataloguePage(title="Else", slug="else"))
    body = {
        "hostname": site.hostname,
        "port": site.port,
        "site_name": "",
        "root_page_id": elsewhere.pk,
        "is_default_site": True,
    }
    assert STAYS in refused(api("PUT", f"sites/{site.pk}/", body), 403)
    assert STAYS in refused(api("DELETE", f"sites/{site.pk}/"), 403)
