"""A self-study and the record it was written on, as their pages show them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from workflows.models import ReviewSubmission
from workflows.reviews.evidence import replaced_evidence


@dataclass(frozen=True)
class Evidence:
    """What a piece of evidence shows, and where it is; no address when its document is gone.

    `is_replaced` when its file is another now than the one that was submitted.
    """

    title: str
    url: str
    is_replaced: bool = False


def evidence_of(study: dict[str, Any]) -> list[Evidence]:
    """Evidence with its addresses; documents are private and open to who is signed in."""
    keys = [item["document"] for item in study.get("evidence", []) if item["document"]]
    documents = get_document_model().objects.in_bulk(keys)
    replaced = replaced_evidence(study)
    found = []
    for item in study.get("evidence", []):
        document = documents.get(item["document"])
        url = document.url if document else item["url"]
        found.append(Evidence(item["title"], url, item["title"] in replaced))
    return found


def record_of_submission(submission: ReviewSubmission) -> dict[str, Any]:
    """The record as it was when the self-study was submitted."""
    return record_context(submission.record) | {"evidence": evidence_of(submission.study)}


def record_context(record: dict[str, Any]) -> dict[str, Any]:
    """The record with addresses and words, for the template."""
    awards = record["awards"]
    return {
        **record,
        "since": _day(record["since"]),
        "changes": [
            {
                **change,
                "on": _day(change["on"]),
                "url": reverse("governance:approval", args=[change["approval_id"]]),
            }
            for change in record["changes"]
        ],
        "decisions": [{**ruling, "on": _day(ruling["on"])} for ruling in record["decisions"]],
        "awards_text": _("%(issued)s issued, %(revoked)s revoked") % awards
        if awards
        else _("No awards are on record."),
    }


def _day(text: str) -> datetime.date:
    """A day of the kept record, which the template puts in the reader's words."""
    return datetime.date.fromisoformat(text)
