"""Law 1, tried through the admin's own views, as superuser."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.models import CatalogueEntry, MicroCredential, PublishedVersion
from home.models import CataloguePage
from tests.proposals import draft

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


def editor_form(page: Any, **values: Any) -> dict[str, Any]:
    """A filled-in editing form of a micro-credential."""
    form: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "description": json.dumps(
            {"blocks": [{"key": "a", "text": "Words", "type": "unstyled"}], "entityMap": {}}
        ),
        "category": page.category,
        "credit_basis": page.credit_basis,
        "language": page.language,
        "competency": page.competency,
        "hours": "24",
        "delivery_modes": ["online"],
        "curriculum-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for name in (
        "partners",
        "outcomes",
        "assessments",
        "offering_skills",
        "components",
        "requirement_groups",
        "prerequisites",
        "sessions",
        "association_evidence",
    ):
        form[f"{name}-TOTAL_FORMS"] = form[f"{name}-INITIAL_FORMS"] = "0"
    return {**form, **values}


def test_the_editor_saves_a_draft_where_publishing_was_asked(
    changed: Any, superuser: Any, client: Client, public_words: Any
) -> None:
    form = editor_form(draft(changed), competency=SECRET, **{"action-publish": "1"})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[changed.pk]), form, follow=True)
    assert "published when its route has approved it" in response.content.decode()
    assert PublishedVersion.objects.count() == 1
    assert SECRET not in public_words()
    assert draft(changed).competency == SECRET


def test_creating_and_publishing_in_one_go_makes_a_draft(
    root: Any, superuser: Any, client: Client
) -> None:
    page = MicroCredential(
        title=SECRET,
        slug="new",
        summary="x",
        category="nac_micro_credential",
        competency="x",
    )
    address = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    response = client.post(address, editor_form(page, **{"action-publish": "1"}), follow=True)
    assert "published when its route has approved it" in response.content.decode()
    assert not MicroCredential.objects.get().live


@pytest.mark.clause("SC-1")
def test_bulk_publish(
    unapproved: Any, changed: Any, superuser: Any, client: Client, public_words: Any
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = f"?id={unapproved.pk}&id={changed.pk}"
    page = client.get(address + query)
    assert "don't have permission to publish" in page.content.decode()
    client.post(address + query, {"confirm": "1"})
    assert SECRET not in public_words()
    assert PublishedVersion.objects.count() == 1


def test_bulk_unpublish_and_delete_leave_the_published_offering(
    changed: Any, superuser: Any, client: Client
) -> None:
    for action in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={changed.pk}", {"confirm": "1"})
        assert MicroCredential.objects.get(pk=changed.pk).live


def test_the_copy_page_offers_no_alias_and_no_published_copy(
    changed: Any, root: Any, superuser: Any, client: Client
) -> None:
    address = reverse("wagtailadmin_pages:copy", args=[changed.pk])
    form = {"new_title": "Copy", "new_parent_page": root.pk, "publish_copies": "1", "alias": "1"}
    assert (
        "choose a different slug"
        in client.post(address, {**form, "new_slug": changed.slug}).content.decode().lower()
    )
    client.post(address, {**form, "new_slug": "copy"})
    copy = MicroCredential.objects.get(slug="copy")
    assert not copy.live
    assert copy.alias_of_id is None


def test_moving_a_published_offering_changes_nothing_of_its_content(
    changed: Any, root: Any, superuser: Any, client: Client, public_words: Any
) -> None:
    other = root.get_parent().add_child(instance=CataloguePage(title="Other", slug="other"))
    changed.move(other, pos="last-child", user=superuser)
    moved = MicroCredential.objects.get(pk=changed.pk)
    assert moved.live
    assert SECRET not in public_words()
    permanent = CatalogueEntry.objects.current().get().document["url"]
    assert client.get(permanent).url == moved.get_url()
