"""Telling the public what the ministry decided: a version that says OSAP anew (laws 1, 2, 7)."""

import datetime

from django.db import transaction

from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.models import Approval, Offering
from credentials.models.osap_flag import approved_on
from credentials.people.actors import Actor
from credentials.policy.osap import CLAUSE
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.projection import CatalogueEntry
from credentials.record.publication import announce_osap

# Kept in the record, and so never translated.
INSTRUMENT = f"ACD 1532: {CLAUSE}"
ROUTE = "osap"


def tell_public(
    offering: Offering, by: Actor, on: datetime.date, authority: str
) -> PublishedVersion | None:
    """Append a version if the public flag is not what the ministry's approval says on this day.

    Returns None when nothing changes, or the offering is not public. Safe to repeat. `authority`
    is who decided, as the record names it. The flag follows approved records alone.
    """
    with transaction.atomic():
        # Held until commit, so that no other version comes between this reading and ours.
        LedgerHead.objects.select_for_update().filter(pk=1).first()
        head = PublishedVersion.objects.select_related("approval").head_of(offering.pk)
        if head is None or not head.is_public:
            return None
        is_approved = approved_on(on).filter(offering_id=offering.pk).exists()
        if head.public_document["osap_eligible"] == is_approved:
            return None
        approval = Approval.objects.all().record(
            offering,
            head.as_published,
            by,
            policy_version=label_in_force(),
            action=Approval.Action.OSAP,
            authority=authority,
            instrument=INSTRUMENT,
            route=ROUTE,
            clauses=[CLAUSE],
            reason="OSAP is approved." if is_approved else "OSAP is not approved any more.",
        )
        return announce_osap(approval, is_approved=is_approved)


def ministry() -> str:
    """The ministry, as the record names who decided."""
    offices = conf().OFFICES
    return f"{offices['ministry']}, as recorded by the {offices['department']}"[:200]


def flags_to_change(on: datetime.date) -> list[int]:
    """Keys of public offerings whose flag is not what the ministry's approval says. Two queries."""
    public = CatalogueEntry.objects.current().visible()
    flagged = dict(public.values_list("offering_pk", "osap"))
    approved = set(approved_on(on).values_list("offering_id", flat=True))
    return sorted(pk for pk, flag in flagged.items() if flag != (pk in approved))
