"""What is served for a version: its public document, its standing, and who approved it when."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

if TYPE_CHECKING:
    from credentials.record.ledger import PublishedVersion

STATUS = {
    "published": "published",
    "revised": "published",
    "retired": "retired",
    "withdrawn": "withdrawn",
}


def served_document(version: "PublishedVersion", first_published_at: datetime) -> dict[str, Any]:
    """Join the frozen document with its version and approval. No person is named (law 6)."""
    document = version.public_document
    return {
        **document,
        "url": permanent_address(document["id"]),
        "status": STATUS[version.event],
        "note": version.note,
        "teach_out": version.teach_out.isoformat() if version.teach_out else None,
        "version": {
            "number": version.number,
            "sequence": version.sequence,
            "event": str(version.event),
            "published_at": instant(version.valid_from),
            "first_published_at": instant(first_published_at),
            "content_hash": version.content_hash,
        },
        "approval": served_approval(version),
    }


def served_approval(version: "PublishedVersion") -> dict[str, Any]:
    """The public part of the approval behind a version."""
    approval = version.approval
    return {
        "authority": approval.authority,
        "date": timezone.localdate(approval.decided_at).isoformat(),
        "reference": approval.reference,
        "instrument": approval.instrument,
        "policy_version": approval.policy_version,
        "clauses": approval.clauses,
    }


def permanent_address(offering_uuid: str) -> str:
    """The page's address that stays when the page moves; empty while no API is mounted."""
    try:
        path = reverse("catalogue_api:page", args=[offering_uuid])
    except NoReverseMatch:
        return ""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def instant(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the microsecond."""
    return moment.isoformat().replace("+00:00", "Z")
