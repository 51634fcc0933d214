"""Finding an offering by what the address names: its UUID, which never changes, or its slug."""

import json
import uuid
from http import HTTPStatus
from typing import Any

from credentials.api.requests.problems import Problem, not_found
from credentials.record.ledger import PublishedVersion
from credentials.record.projection import CatalogueEntry
from credentials.record.representation import instant

WITHDRAWN = PublishedVersion.Event.WITHDRAWN.value
UUID_LENGTH = 36


def named_by(identifier: str) -> dict[str, Any]:
    """The condition on entries that the identifier stands for."""
    if len(identifier) == UUID_LENGTH:
        try:
            return {"offering_uuid": uuid.UUID(identifier)}
        except ValueError:
            pass  # a slug can be as long
    return {"slug": identifier}


def uuid_of(identifier: str) -> uuid.UUID:
    """The offering's UUID; a slug means the offering that has it now, a withdrawn one last.

    Raises Problem (404). Needs no query for a UUID, so that one may turn out to be unknown.
    """
    condition = named_by(identifier)
    if "offering_uuid" in condition:
        return condition["offering_uuid"]
    found = list(
        CatalogueEntry.objects.current()
        .filter(**condition)
        .order_by("-sequence")
        .values_list("offering_uuid", "event")
    )
    if not found:
        raise unknown(identifier)
    return next((key for key, event in found if event != WITHDRAWN), found[0][0])


def unknown(identifier: str) -> Problem:
    """No offering was ever published under this name."""
    return not_found(
        f"No offering “{identifier}” is published. Look for it with /offerings?q=...; its UUID "
        "stays the same when its slug changes."
    )


def gone(entry: CatalogueEntry) -> Problem:
    """The offering was withdrawn: its tombstone (law 7)."""
    moment = instant(entry.valid_from)
    return Problem(
        HTTPStatus.GONE,
        f"“{entry.title}” was withdrawn on {moment[:10]}. Remove your copy; what it was stays "
        f"at /offerings/{entry.offering_uuid}/versions.",
        tombstone={
            "id": str(entry.offering_uuid),
            "slug": entry.slug,
            "title": entry.title,
            "number": entry.number,
            "withdrawn_at": moment,
            "note": json.loads(entry.body)["note"],
        },
    )
