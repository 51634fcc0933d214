"""Law 1, tried in code: saving, publishing, reverting, copying, aliases."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from credentials.exceptions import NotApproved, NotWithdrawn
from credentials.models import MicroCredential, Offering
from tests.factories import MicroCredentialFactory
from tests.lifecycle import publish
from tests.proposals import edit, latest_revision

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


@pytest.mark.clause("SC-1")
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


def test_changing_a_child_row_of_a_live_offering(changed: Any, public_words: Any) -> None:
    row = MicroCredential.objects.get(pk=changed.pk)
    outcome = row.outcomes.first()
    outcome.statement = SECRET
    row.outcomes.add(outcome)
    with pytest.raises(NotApproved, match=SENTENCE):
        row.save()
    assert SECRET not in public_words()


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


def test_revert_then_publish(root: Any, public_words: Any) -> None:
    offering = MicroCredentialFactory(parent=root, competency=SECRET, life="live")
    first = latest_revision(offering)
    edit(offering, competency="Better words.")
    publish(offering)
    first.as_object().save_revision(previous_revision=first)
    with pytest.raises(NotApproved, match=SENTENCE):
        latest_revision(offering).publish()
    assert SECRET not in public_words()


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


def test_making_an_alias(changed: Any, root: Any, superuser: Any) -> None:
    with pytest.raises(NotApproved, match="link to it instead"):
        CreatePageAliasAction(
            changed.specific, parent=root, update_slug="alias", user=superuser
        ).execute(skip_permission_checks=True)
    assert Offering.objects.count() == 1


def test_unpublishing_needs_a_decision(changed: Any) -> None:
    with pytest.raises(NotWithdrawn, match="decision is recorded"):
        changed.specific.unpublish()
    assert MicroCredential.objects.get(pk=changed.pk).live
