"""The only door to the public: appending approved content to the ledger (laws 1, 2, 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from credentials.exceptions import NotApproved, NotWithdrawn
from credentials.people.actors import Person
from credentials.record.approvals import Approval
from credentials.record.content import FrozenContent, freeze_by_each_rules
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.projection import project
from credentials.signals import version_published

if TYPE_CHECKING:
    from datetime import date

    from credentials.models import Offering

Event = PublishedVersion.Event


@dataclass(frozen=True)
class _Announcement:
    """What the public is told with a version, beside the document that was approved."""

    event: str
    osap_approved: bool | None
    note: str = ""
    teach_out: "date | None" = None


def admit(offering: "Offering") -> PublishedVersion | None:
    """Let a row be saved only if the ledger says the same; append what is newly approved.

    Called inside the transaction that saves the row. Returns the version appended, or None when
    nothing changes for the public. Raises NotApproved when the row would be live with content
    that has no standing approval, NotWithdrawn when it would vanish without a decision.
    """
    head = PublishedVersion.objects.head_of(offering.pk)
    if not offering.live:
        if head and head.is_public:
            raise NotWithdrawn(offering.title)
        return None
    if offering.alias_of_id:
        raise NotApproved(
            offering.title,
            _("An offering has one page and one record; link to it instead of making an alias."),
        )
    frozen = freeze_by_each_rules(offering)
    approval = standing_approval(offering, frozen, head)
    if approval is None:
        if head and head.is_public and head.says(frozen[0]):
            return None
        raise NotApproved(offering.title)
    event = Event.REVISED if head else Event.PUBLISHED
    return _append(head, approval, _Announcement(event, offering.is_osap_approved))


def standing_approval(
    offering: "Offering", frozen: Iterable[FrozenContent], head: PublishedVersion | None
) -> Approval | None:
    """The approval to publish this content against its present head that was not used yet.

    `frozen` is the content by each of the rules that its hash may have been made by. An approval
    from before the public document was approved with the content stands no more.
    """
    approvals = Approval.objects.filter(
        offering_id=offering.pk,
        action=Approval.Action.PUBLISH,
        content_hash__in=[one.content_hash for one in frozen],
    ).exclude(document_hash="")
    return approvals.unused().standing_against(head).first()


def retire(approval: Approval, *, note: str, teach_out: "date | None" = None) -> PublishedVersion:
    """Append the retirement that was approved: the page stays and says so.

    Raises NotApproved unless the approval is to retire the offering's current version.
    """
    with transaction.atomic():
        head = _head_for(approval, Approval.Action.RETIRE)
        announcement = _Announcement(Event.RETIRED, head.osap_approved, note, teach_out)
        return _append(head, approval, announcement)


def withdraw(approval: Approval, *, note: str, user: Person | None = None) -> PublishedVersion:
    """Append the withdrawal that was approved, and take the page down. The record stays.

    Raises NotApproved unless the approval is to withdraw the offering's current version.
    """
    with transaction.atomic():
        head = _head_for(approval, Approval.Action.WITHDRAW)
        announcement = _Announcement(Event.WITHDRAWN, head.osap_approved, note)
        version = _append(head, approval, announcement)
        page = approval.offering.specific
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        return version


def announce_osap(approval: Approval, *, is_approved: bool) -> PublishedVersion:
    """Append what the ministry decided: the same content and standing, with OSAP said anew.

    Raises NotApproved unless the approval was recorded on the offering's current version. The
    database refuses a version that says anything else anew.
    """
    with transaction.atomic():
        head = _head_for(approval, Approval.Action.OSAP)
        event = Event.REVISED if head.is_offered else Event.RETIRED
        announcement = _Announcement(event, is_approved, head.note, head.teach_out)
        return _append(head, approval, announcement)


def _head_for(approval: Approval, action: str) -> PublishedVersion:
    head = PublishedVersion.objects.head_of(approval.offering_id)
    if head is None or approval.action != action or approval.against_id != head.pk:
        raise NotApproved(
            approval.offering.title, _("Decide again on the version that is published now.")
        )
    return head


def _append(
    head: PublishedVersion | None, approval: Approval, announcement: _Announcement
) -> PublishedVersion:
    """Publish what was approved, word for word: nothing is resolved anew (law 2)."""
    place = LedgerHead.advance(not_before=approval.decided_at)
    version = PublishedVersion.objects.create(
        sequence=place.sequence,
        valid_from=place.moment,
        offering_id=approval.offering_id,
        number=head.number + 1 if head else 1,
        approval=approval,
        supersedes=head,
        document=approval.document,
        **approval.hashes,
        **vars(announcement),
    )
    project(version, head)
    transaction.on_commit(
        lambda: version_published.send(sender=PublishedVersion, version=version), robust=True
    )
    return version
