"""A schedule to publish is a publication to come: it is held to the same law (law 1)."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.models import Revision

from credentials.exceptions import NotApproved
from credentials.models.offerings.offering import Offering
from credentials.record.content import freeze_by_each_rules
from credentials.record.ledger import PublishedVersion
from credentials.record.publication import standing_approval


@receiver(pre_save, sender=Revision)
def hold_schedule(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Before a revision is saved with a day to go live: its content must have an approval."""
    if instance.approved_go_live_at is None:
        return
    offering = instance.as_object()
    if not isinstance(offering, Offering):
        return
    head = PublishedVersion.objects.head_of(offering.pk)
    if standing_approval(offering, freeze_by_each_rules(offering), head) is None:
        raise NotApproved(offering.title)
