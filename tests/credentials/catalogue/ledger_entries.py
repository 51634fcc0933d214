"""Versions appended straight to the ledger, for tests that need many: approved, but on no route."""

import datetime
import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from credentials.compliance.policies import label_in_force
from credentials.models import Approval
from credentials.people.actors import actor_of
from credentials.record.content import FrozenContent, content_of
from credentials.record.document import document_of
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.projection import project
from tests.people import person

ACTIONS = {
    "published": Approval.Action.PUBLISH,
    "revised": Approval.Action.PUBLISH,
    "retired": Approval.Action.RETIRE,
    "withdrawn": Approval.Action.WITHDRAW,
}
NO_OSAP = {"osap_eligible": False}


def append(
    offering: Any,
    event: str = "",
    *,
    at: datetime.datetime | None = None,
    governed_hash: str = "",
    **changes: Any,
) -> PublishedVersion:
    """Append a version of an offering whose document has these members changed.

    Without an event it is published the first time and revised from then on. It is approved and
    takes force at that moment, now by default; its governed content is new unless a hash is given.
    """
    at = at or timezone.now()
    with transaction.atomic():
        head = PublishedVersion.objects.head_of(offering.pk)
        event = event or ("revised" if head else "published")
        before = head.public_document if head else document_of(offering) | NO_OSAP
        document = before | changes
        sequence = LedgerHead.advance().sequence
        version = PublishedVersion.objects.create(
            sequence=sequence,
            offering_id=offering.pk,
            number=head.number + 1 if head else 1,
            event=event,
            approval=(approval := _approval(offering, event, str(sequence), at, document)),
            supersedes=head,
            content_hash=_hash(str(sequence)),
            governed_hash=governed_hash or _hash(str(sequence)),
            document=approval.document,
            document_hash=approval.document_hash,
            valid_from=at,
        )
        project(version, head)
    return version


def _approval(
    offering: Any, event: str, content: str, at: datetime.datetime, document: dict[str, Any]
) -> Approval:
    frozen = FrozenContent(content_of(offering), "{}", _hash(content), _hash(content))
    return Approval.objects.record(
        offering,
        frozen.with_document(document),
        actor_of(person("committee")),
        policy_version=label_in_force(),
        action=ACTIONS[event],
        authority="Committee",
        instrument="Terms of reference",
        route="course",
        clauses=["SH-2"],
        decided_at=at,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
