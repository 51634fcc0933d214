"""Law 1, tried by schedule: a day to go live is a publication to come."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from credentials.exceptions import NotApproved
from credentials.models import PublishedVersion
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import decide
from tests.proposals import draft, latest_revision, submit

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


def test_scheduled_publishing(changed: Any, unapproved: Any, client: Client) -> None:
    for offering in (changed, unapproved):
        page = draft(offering)
        page.go_live_at = timezone.now() + timedelta(minutes=1)
        revision = page.save_revision()
        with pytest.raises(NotApproved, match=SENTENCE):
            revision.publish()
        assert not type(revision).objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_schedule_set_behind_everybodys_back(changed: Any, public_words: Any) -> None:
    revision = latest_revision(changed)
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(NotApproved, match=SENTENCE):
        call_command("publish_scheduled")
    assert SECRET not in public_words()


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


def test_a_stale_approval_does_not_publish_after_a_newer_version(root: Any) -> None:
    offering = CourseFactory(parent=root, life="live")
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
