"""The published versions of one offering, and what differs between two."""

import datetime
import uuid
from typing import Any

from pydantic import BaseModel

from credentials.api.schemas.offerings import Approval, Status
from credentials.record.ledger import PublishedVersion


class VersionSummary(BaseModel):
    """A version in an offering's history; `valid_to` is null while it stands."""

    number: int
    sequence: int
    event: PublishedVersion.Event
    status: Status
    title: str
    slug: str
    published_at: datetime.datetime
    valid_to: datetime.datetime | None
    content_hash: str
    note: str
    approval: Approval


class VersionList(BaseModel):
    """The published history of an offering, newest first."""

    id: uuid.UUID
    versions: list[VersionSummary]


class FieldChange(BaseModel):
    """A member of the document that differs."""

    field: str
    before: Any
    after: Any


class Difference(BaseModel):
    """What changed between two versions of an offering."""

    id: uuid.UUID
    before: int
    after: int
    changes: list[FieldChange]
