"""The pages above a published offering, attacked through the admin's own views as superuser."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from home.models import CataloguePage
from tests.factories import CourseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unharmed")]

STAYS = "stays where everybody can open it"


def said(response: Any) -> str:
    """The messages that the page after a redirect shows."""
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_deleting_and_unpublishing(superuser: Any, client: Client, root: Any, action: str) -> None:
    for page in (root, root.get_parent()):
        address = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
        form = {"confirm_site_name": "Credence", "include_descendants": "1"}
        assert "Retire or withdraw" in said(client.post(address, form, follow=True))


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_doing_so_to_many_at_once(superuser: Any, client: Client, root: Any, action: str) -> None:
    spare = root.get_parent().add_child(instance=CataloguePage(title="Spare", slug="spare"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    response = client.post(
        f"{address}?id={spare.pk}&id={root.pk}", {"include_descendants": "1"}, follow=True
    )
    assert STAYS in said(response)
    assert CataloguePage.objects.get(pk=spare.pk).live


def test_privacy_is_offered_only_where_nothing_is_on_record(
    superuser: Any, client: Client, root: Any
) -> None:
    spare = root.get_parent().add_child(instance=CataloguePage(title="Spare", slug="spare"))
    button = 'data-a11y-dialog-show="set-privacy"'
    for page, is_offered in ((root, False), (spare, True)):
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert (button in shown) == is_offered


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_asking_who_is_there(superuser: Any, client: Client, root: Any, kind: str) -> None:
    for page in (root, root.get_parent()):
        address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        client.post(address, {"restriction_type": kind, "password": "open", "groups": []})
    assert not PageViewRestriction.objects.exists()


def test_moving(superuser: Any, client: Client, root: Any, course: Any) -> None:
    closed = root.get_parent().add_child(
        instance=CataloguePage(title="Draft", slug="draft", live=False)
    )
    address = reverse("wagtailadmin_pages:move_confirm", args=[course.pk, closed.pk])
    assert STAYS in said(client.post(address, follow=True))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = client.post(f"{bulk}?id={course.pk}", {"chooser": closed.pk}, follow=True)
    assert STAYS in said(response)


def editor_form(page: Any, **values: Any) -> dict[str, Any]:
    """A filled-in editing form of the catalogue."""
    return {
        "title": page.title,
        "slug": page.slug,
        "introduction": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
        **values,
    }


@pytest.mark.parametrize("name", ["expire_at", "go_live_at"])
def test_letting_it_expire(superuser: Any, client: Client, root: Any, name: str) -> None:
    moment = (timezone.now() + timezone.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[root.pk]), editor_form(root, **{name: moment})
    )
    assert STAYS in response.content.decode()
    root.refresh_from_db()
    assert getattr(root, name) is None


def test_its_words_may_change(superuser: Any, client: Client, root: Any) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[root.pk])
    client.post(address, editor_form(root, introduction="All we teach."))
    assert CataloguePage.objects.get(pk=root.pk).introduction == "All we teach."


def test_another_slug_keeps_the_old_addresses(
    superuser: Any,
    client: Client,
    root: Any,
    course: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[root.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, editor_form(root, slug="learn"))
    assert Client().get("/catalogue/welding/").url == "/learn/welding/"
    assert Client().get("/learn/welding/").status_code == 200
    client.post(address, editor_form(root, slug="catalogue"))


def test_the_site(superuser: Any, client: Client, root: Any) -> None:
    site = Site.objects.get()
    elsewhere = root.get_parent().add_child(instance=CataloguePage(title="Else", slug="else"))
    form = {"hostname": site.hostname, "port": site.port, "site_name": "", "is_default_site": "on"}
    edit = reverse("wagtailsites:edit", args=[site.pk])
    response = client.post(edit, {**form, "root_page": elsewhere.pk}, follow=True)
    assert STAYS in said(response)
    delete = reverse("wagtailsites:delete", args=[site.pk])
    assert STAYS in said(client.post(delete, follow=True))
    assert Site.objects.get().root_page_id == site.root_page_id
    client.post(edit, {**form, "site_name": "Ours", "root_page": site.root_page_id})
    assert Site.objects.get().site_name == "Ours"


def test_a_copy_of_the_catalogue_is_empty(superuser: Any, client: Client, root: Any) -> None:
    CourseFactory(parent=root, title="Baking", life="live")
    address = reverse("wagtailadmin_pages:copy", args=[root.pk])
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": root.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
        "alias": "on",
    }
    client.post(address, form)
    copy = CataloguePage.objects.get(slug="copy")
    assert copy.alias_of_id is None
    assert not copy.get_children().exists()
