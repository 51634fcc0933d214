"""Writes the small documents that proposals attach, in a collection that is not public (law 6)."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.demo.data_files import Record

COLLECTION = "Quality assurance decisions"
DECISION = """Decision {reference}

Date: {date}
Program: {program}
Laboratory course: {title}

The quality assurance process for academic credit approved this course, its outcomes and its
assessments, as part of the program named above and for students who take it alone.

Hours of learning: {hours}
Outcomes:
{outcomes}

(An invented decision of an invented university, for demonstration.)
"""


def make_decision(record: Record, user: Any) -> Any:
    """Upload and return the decision on academic credit that the record refers to (FA-1, SC-2)."""
    text = DECISION.format(
        reference=record["iqap_reference"],
        date=record["iqap_date"].isoformat(),
        program=record["parent_program"],
        title=record["title"],
        hours=record["hours"],
        outcomes="\n".join(f"- {outcome}" for outcome in record["outcomes"]),
    )
    return get_document_model().objects.create(
        title=f"{record['iqap_reference']}: {record['title']}",
        file=ContentFile(text.encode(), name=f"{record['iqap_reference'].lower()}.txt"),
        collection=_private_collection(),
        uploaded_by_user=user,
    )


def _private_collection() -> Collection:
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)
