"""Law 1: nothing is public that was not approved, by whatever path it is tried."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import APIToken, Page

from credentials.exceptions import NotApproved, NotWithdrawn
from credentials.models import CatalogueEntry, MicroCredential, Offering, PublishedVersion
from home.models import CataloguePage
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import (
    approve,
    decide,
    draft,
    edit,
    latest_revision,
    person,
    publish,
    stage_state,
    submit,
)
from workflows.exceptions import DecisionRefused

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


@pytest.fixture
def unapproved(root: Any) -> Any:
    """A draft that nobody approved."""
    return MicroCredentialFactory(parent=root, title=SECRET)


@pytest.fixture
def changed(root: Any) -> Any:
    """A published offering with a draft change that nobody approved."""
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, competency=SECRET)
    return offering


@pytest.fixture
def superuser(people: Any, client: Client) -> Any:
    """A superuser, signed in."""
    client.force_login(people["superuser"])
    return people["superuser"]


def public_words(client: Client) -> str:
    """Everything the catalogue and the pages show."""
    words = [entry.body for entry in CatalogueEntry.objects.current()]
    words += [page.specific.competency for page in MicroCredential.objects.filter(live=True)]
    for page in Page.objects.live().filter(depth__gt=1):
        words.append(page.title)
    return " ".join(words)


def test_saving_a_live_row(unapproved: Any) -> None:
    unapproved.live = True
    with pytest.raises(NotApproved, match=SENTENCE):
        unapproved.save()
    assert not Offering.objects.get(pk=unapproved.pk).live


def test_changing_a_live_row_in_code(changed: Any) -> None:
    row = MicroCredential.objects.get(pk=changed.pk)
    row.competency = SECRET
    with pytest.raises(NotApproved, match=SENTENCE):
        row.save()
    with pytest.raises(NotApproved, match=SENTENCE):
        row.save(update_fields=["competency"])


def test_changing_a_child_row_of_a_live_offering(changed: Any, client: Client) -> None:
    row = MicroCredential.objects.get(pk=changed.pk)
    outcome = row.outcomes.first()
    outcome.statement = SECRET
    row.outcomes.add(outcome)
    with pytest.raises(NotApproved, match=SENTENCE):
        row.save()
    assert SECRET not in public_words(client)


def test_publishing_a_revision_in_code(unapproved: Any, changed: Any) -> None:
    for offering in (unapproved, changed):
        revision = latest_revision(offering)
        with pytest.raises(NotApproved, match=SENTENCE):
            revision.publish()
        with pytest.raises(NotApproved, match=SENTENCE):
            PublishPageRevisionAction(revision).execute(skip_permission_checks=True)


def test_publishing_as_superuser_by_action(unapproved: Any, superuser: Any) -> None:
    with pytest.raises(PermissionDenied):
        PublishPageRevisionAction(latest_revision(unapproved), user=superuser).execute()


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
        "prerequisites",
        "sessions",
        "association_evidence",
    ):
        form[f"{name}-TOTAL_FORMS"] = form[f"{name}-INITIAL_FORMS"] = "0"
    return {**form, **values}


def test_the_editor_saves_a_draft_where_publishing_was_asked(
    changed: Any, superuser: Any, client: Client
) -> None:
    form = editor_form(draft(changed), competency=SECRET, **{"action-publish": "1"})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[changed.pk]), form, follow=True)
    assert "published when its route has approved it" in response.content.decode()
    assert PublishedVersion.objects.count() == 1
    assert SECRET not in public_words(client)
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


def test_bulk_publish(unapproved: Any, changed: Any, superuser: Any, client: Client) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = f"?id={unapproved.pk}&id={changed.pk}"
    page = client.get(address + query)
    assert "don't have permission to publish" in page.content.decode()
    client.post(address + query, {"confirm": "1"})
    assert SECRET not in public_words(client)
    assert PublishedVersion.objects.count() == 1


def test_bulk_unpublish_and_delete_leave_the_published_offering(
    changed: Any, superuser: Any, client: Client
) -> None:
    for action in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={changed.pk}", {"confirm": "1"})
        assert MicroCredential.objects.get(pk=changed.pk).live


def test_scheduled_publishing(changed: Any, unapproved: Any, client: Client) -> None:
    for offering in (changed, unapproved):
        page = draft(offering)
        page.go_live_at = timezone.now() + timedelta(minutes=1)
        revision = page.save_revision()
        with pytest.raises(NotApproved, match=SENTENCE):
            revision.publish()
        assert not type(revision).objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_schedule_set_behind_everybodys_back(changed: Any, client: Client) -> None:
    revision = latest_revision(changed)
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(NotApproved, match=SENTENCE):
        call_command("publish_scheduled")
    assert SECRET not in public_words(client)


def test_approved_content_may_be_scheduled_and_goes_live_on_its_day(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root)
    page = draft(offering)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision()
    submit(offering)
    decide(offering)
    offering.refresh_from_db()
    assert not offering.live
    assert not PublishedVersion.objects.exists()
    revision = latest_revision(offering)
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    content = revision.content
    content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")
    assert PublishedVersion.objects.count() == 1


def test_submit_approve_then_edit(root: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    approve(offering, person("department"))
    edit(offering, competency=SECRET)
    with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
        approve(offering, person("committee"))
    assert SECRET not in public_words(client)


def test_overwriting_the_revision_under_decision(root: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    approve(offering, person("department"))
    page = draft(offering)
    page.competency = SECRET
    page.save_revision(overwrite_revision=latest_revision(offering))
    with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
        approve(offering, person("committee"))
    assert SECRET not in public_words(client)


def test_deciding_below_our_stages(root: Any, client: Client) -> None:
    """Wagtail's own TaskState.approve checks nothing; ours decides what counts."""
    offering = MicroCredentialFactory(parent=root, life="submitted")
    for _attempt in range(2):
        base_state = stage_state(offering).taskstate_ptr
        base_state.approve(user=person("editor"))
        assert stage_state(offering).task.name == "Department review"
    workflow_state = draft(offering).current_workflow_state
    with pytest.raises(DecisionRefused, match="has not been decided on its whole route"):
        workflow_state.finish(user=person("editor"))
    assert not PublishedVersion.objects.exists()


def test_revert_then_publish(root: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, competency=SECRET, life="published")
    first = latest_revision(offering)
    edit(offering, competency="Better words.")
    publish(offering)
    first.as_object().save_revision(previous_revision=first)
    with pytest.raises(NotApproved, match=SENTENCE):
        latest_revision(offering).publish()
    assert SECRET not in public_words(client)


def test_copying_with_keep_live(changed: Any, root: Any, superuser: Any) -> None:
    with pytest.raises(NotApproved, match=SENTENCE):
        changed.copy(to=root, keep_live=True, update_attrs={"slug": "copy"}, user=superuser)
    with pytest.raises(PermissionDenied):
        CopyPageAction(
            changed, to=root, keep_live=True, update_attrs={"slug": "c2"}, user=superuser
        ).execute()
    assert Offering.objects.count() == 1


def test_a_copy_is_a_draft_with_a_record_of_its_own(changed: Any, root: Any) -> None:
    copy = changed.copy(to=root, keep_live=False, update_attrs={"slug": "copy"})
    assert not copy.live
    assert copy.uuid != changed.uuid


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


def test_making_an_alias(changed: Any, root: Any, superuser: Any) -> None:
    with pytest.raises(NotApproved, match="link to it instead"):
        CreatePageAliasAction(
            changed.specific, parent=root, update_slug="alias", user=superuser
        ).execute(skip_permission_checks=True)
    assert Offering.objects.count() == 1


def test_moving_a_published_offering_changes_nothing_of_its_content(
    changed: Any, root: Any, superuser: Any, client: Client
) -> None:
    other = root.get_parent().add_child(instance=CataloguePage(title="Other", slug="other"))
    changed.move(other, pos="last-child", user=superuser)
    moved = MicroCredential.objects.get(pk=changed.pk)
    assert moved.live
    assert SECRET not in public_words(client)
    permanent = CatalogueEntry.objects.current().get().document["url"]
    assert client.get(permanent).url == moved.get_url()


def test_unpublishing_needs_a_decision(changed: Any) -> None:
    with pytest.raises(NotWithdrawn, match="decision is recorded"):
        changed.specific.unpublish()
    assert MicroCredential.objects.get(pk=changed.pk).live


class TestAuthoringApi:
    """Wagtail's API v3, with a superuser's token."""

    @pytest.fixture
    def api(self, people: Any) -> Any:
        """Call the authoring API as a superuser."""
        _token, key = APIToken.create_token(user=people["superuser"], name="authoring")
        client = Client(headers={"Authorization": f"Bearer {key}"})

        def call(method: str, path: str, body: Any = None) -> Any:
            return client.generic(
                method, f"/api/v3/pages/{path}", json.dumps(body), content_type="application/json"
            )

        return call

    def test_creating_with_publish(self, api: Any, root: Any) -> None:
        response = api(
            "POST",
            "",
            {
                "title": SECRET,
                "slug": "by-api",
                "summary": "x",
                "description": "<p>x</p>",
                "category": "short_course",
                "delivery_modes": ["online"],
                "hours": "3",
                "meta": {"type": "credentials.Course", "parent_id": root.pk, "action": "publish"},
            },
        )
        assert response.status_code in (201, 403, 422), response.content
        assert not Offering.objects.filter(live=True).exists()

    def test_patching_with_publish(self, api: Any, changed: Any, client: Client) -> None:
        response = api(
            "PATCH",
            f"{changed.pk}/",
            {
                "competency": SECRET + "!",
                "meta": {"type": "credentials.MicroCredential", "action": "publish"},
            },
        )
        assert response.status_code in (200, 403, 422), response.content
        assert SECRET not in public_words(client)

    def test_publishing(self, api: Any, changed: Any, unapproved: Any, client: Client) -> None:
        for offering in (changed, unapproved):
            response = api("POST", f"{offering.pk}/actions/publish/")
            assert response.status_code == 403
            assert SENTENCE in response.json()["detail"]
        assert SECRET not in public_words(client)

    def test_copying_live(self, api: Any, changed: Any, client: Client) -> None:
        response = api("POST", f"{changed.pk}/actions/copy/", {"keep_live": True, "slug": "c"})
        assert response.status_code in (201, 403)
        assert PublishedVersion.objects.count() == 1
        assert not Offering.objects.filter(slug="c", live=True).exists()

    def test_aliasing(self, api: Any, changed: Any) -> None:
        response = api("POST", f"{changed.pk}/actions/create_alias/", {"slug": "a"})
        assert response.status_code == 403
        assert not Offering.objects.filter(slug="a").exists()

    def test_unpublishing_and_deleting(self, api: Any, changed: Any) -> None:
        assert api("POST", f"{changed.pk}/actions/unpublish/").status_code in (403, 404)
        assert api("POST", f"{changed.pk}/actions/delete/").status_code in (403, 405)
        assert api("DELETE", f"{changed.pk}/").status_code in (403, 409)
        assert MicroCredential.objects.get(pk=changed.pk).live


def test_a_stale_approval_does_not_publish_after_a_newer_version(root: Any) -> None:
    offering = CourseFactory(parent=root, life="published")
    page = draft(offering)
    page.summary = "First change, scheduled."
    page.go_live_at = timezone.now() + timedelta(days=30)
    scheduled = page.save_revision()
    submit(offering)
    decide(offering)
    page = draft(offering)
    page.summary = "Second change."
    page.go_live_at = None
    page.save_revision()
    submit(offering)
    decide(offering)
    assert PublishedVersion.objects.count() == 2
    late = scheduled.as_object()
    late.go_live_at = None
    late.live = True
    with pytest.raises(NotApproved, match=SENTENCE):
        late.save()
