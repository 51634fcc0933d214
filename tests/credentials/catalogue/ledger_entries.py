"""Versions appended straight to the ledger, for tests that need many: approved, but on no route."""

import hashlib
from typing import Any

from django.db import transaction

from credentials.catalogue.document import document_of
from credentials.catalogue.ledger import LedgerHead, PublishedVersion
from credentials.catalogue.projection import project
from credentials.content import FrozenContent, canonical, content_of
from credentials.models import Approval
from tests.lifecycle import person

ACTIONS = {
    "published": Approval.Action.PUBLISH,
    "revised": Approval.Action.PUBLISH,
    "retired": Approval.Action.RETIRE,
    "withdrawn": Approval.Action.WITHDRAW,
}


def append(offering: Any, event: str = "", **changes: Any) -> PublishedVersion:
    """Append a version of an offering whose document has these members changed.

    Without an event it is published the first time and revised from then on.
    """
    with transaction.atomic():
        head = PublishedVersion.objects.head_of(offering.pk)
        event = event or ("revised" if head else "published")
        document = (head.public_document if head else document_of(offering)) | changes
        sequence = LedgerHead.advance()
        version = PublishedVersion.objects.create(
            sequence=sequence,
            offering_id=offering.pk,
            number=head.number + 1 if head else 1,
            event=event,
            approval=_approval(offering, ACTIONS[event], str(sequence)),
            supersedes=head,
            content_hash=_hash(str(sequence)),
            governed_hash=_hash(str(sequence)),
            document=canonical(document).decode(),
        )
        project(version, head)
    return version


def _approval(offering: Any, action: str, content: str) -> Approval:
    frozen = FrozenContent(content_of(offering), "{}", _hash(content), _hash(content))
    return Approval.objects.record(
        offering,
        frozen,
        person("committee"),
        action=action,
        authority="Committee",
        instrument="Terms of reference",
        route="course",
        clauses=["SH-2"],
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
