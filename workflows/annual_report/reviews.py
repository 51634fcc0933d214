"""Reviews in a period, from the record of reviews as it stood at its end (CP-4, SH-3, MC-8).

What is delivered under contract is not ours to report (FW-2).
"""

from typing import Any

from django.db.models import F, QuerySet

from workflows.annual_report.happenings import OFFERED, contracted
from workflows.annual_report.offering_then import offering_then
from workflows.annual_report.period import Period
from workflows.reviews.status import overdue_as_of, reviewed_between

REVIEWED = {
    "uuid": F("submission__version__entry__offering_uuid"),
    "title": F("submission__version__entry__title"),
    "category": F("submission__version__entry__category"),
    "number": F("cycle__number"),
}


def reviewed(period: Period) -> list[dict[str, Any]]:
    """Reviews that were concluded; title and category are those of the version under review.

    As {"offering", "title", "category", "on", "result", "reference"}. One query.
    """
    concluded: QuerySet[Any] = reviewed_between(period.first_day, period.counted_until)
    ours = concluded.annotate(is_contracted=contracted("submission__version__document"))
    rows = ours.filter(is_contracted=False).values(
        "offering_id", "reviewed_on", "result", **REVIEWED
    )
    return [
        {
            "offering": str(row["uuid"]),
            "title": row["title"],
            "category": row["category"],
            "on": row["reviewed_on"].isoformat(),
            "result": row["result"],
            "reference": f"R{row['offering_id']}-{row['number']}",
        }
        for row in rows
    ]


def overdue(period: Period) -> list[dict[str, Any]]:
    """Offerings overdue on the last day, of those offered at its end. One query.

    As {"offering", "title", "category", "due_on"}; title and category are those of that day.
    """
    stood: QuerySet[Any] = overdue_as_of(period.ends, period.counted_until)
    cycles = stood.annotate(**offering_then(period))
    rows = cycles.filter(event_then__in=OFFERED, contracted_then=False).values(
        "due_on", "uuid_then", "title_then", "category_then"
    )
    return [
        {
            "offering": str(row["uuid_then"]),
            "title": row["title_then"],
            "category": row["category_then"],
            "due_on": row["due_on"].isoformat(),
        }
        for row in rows
    ]
