"""The feed of all versions, for those who keep a copy of the catalogue."""

import datetime
import uuid

from pydantic import BaseModel

from credentials.api.schemas.offerings import OfferingDocument
from credentials.record.ledger import PublishedVersion


class Change(BaseModel):
    """A published version. `document` is null for a withdrawal: remove your copy."""

    sequence: int
    event: PublishedVersion.Event
    id: uuid.UUID
    slug: str
    title: str
    number: int
    published_at: datetime.datetime
    document: OfferingDocument | None


class ChangeList(BaseModel):
    """A page of the feed, in the order of the ledger. Store `next_cursor` and ask with it again."""

    items: list[Change]
    next_cursor: str
    head: int
