"""The reviews of one offering (CP-4, SH-3, MC-8)."""

import datetime
import uuid

from pydantic import BaseModel, Field


class ReviewDone(BaseModel):
    """A review that was concluded (CP-4, SH-3, MC-8)."""

    reviewed_on: datetime.date
    reference: str


class ReviewList(BaseModel):
    """Reviews of an offering, newest first, and the next one."""

    id: uuid.UUID
    reviews: list[ReviewDone]
    next_due_on: datetime.date | None = Field(
        description="Null where none is asked for: for credit, contracted, retired or withdrawn."
    )
    clause: str = Field(description="The policy's clause that asks for the next review, if any.")
