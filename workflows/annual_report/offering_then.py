"""What an offering was when the period ended, by its version of then, whatever it is now."""

from typing import Any

from django.db.models import OuterRef, Subquery

from credentials.record.ledger import PublishedVersion
from workflows.annual_report.happenings import contracted
from workflows.annual_report.period import Period

READ = {
    "uuid_then": "entry__offering_uuid",
    "title_then": "entry__title",
    "category_then": "entry__category",
    "event_then": "event",
    "contracted_then": "is_contracted",
}


def offering_then(period: Period) -> dict[str, Subquery]:
    """Annotations by the names of READ, for rows with an `offering_id`; None where none stood."""
    stood = PublishedVersion.objects.filter(
        offering=OuterRef("offering_id"), sequence__lte=period.head, valid_from__lte=period.ends
    )
    newest: Any = stood.annotate(is_contracted=contracted("document")).order_by("-number")
    return {name: Subquery(newest.values(path)[:1]) for name, path in READ.items()}
