"""Errors, and what is said instead of a withdrawn offering (RFC 9457)."""

import datetime
import uuid

from pydantic import BaseModel


class ParameterError(BaseModel):
    """A parameter that cannot be used as it is."""

    parameter: str
    message: str
    allowed: list[str] | None = None


class Tombstone(BaseModel):
    """What is left of an offering that was withdrawn."""

    id: uuid.UUID
    slug: str
    title: str
    number: int
    withdrawn_at: datetime.datetime
    note: str


class ProblemDocument(BaseModel):
    """An error (RFC 9457). `detail` says how to mend the request."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ParameterError] | None = None
    tombstone: Tombstone | None = None
