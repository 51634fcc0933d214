"""What an offering stacks into, and what it is made of."""

import uuid

from pydantic import BaseModel, Field

from credentials.api.schemas.content import OfferingName
from credentials.api.schemas.offerings import Status
from credentials.choices import StackingApproach


class PathwayNode(OfferingName):
    """An offering of a pathway. `approach` is set when it is stackable."""

    status: Status
    approach: StackingApproach | None


class PathwayEdge(BaseModel):
    """`part` stacks into `whole`."""

    part: uuid.UUID
    whole: uuid.UUID
    required: bool
    group: str = Field("", description="Code of the whole's requirement group, if any.")


class Pathway(BaseModel):
    """What an offering stacks into and is made of, through all levels (CP-5 to CP-7)."""

    id: uuid.UUID
    nodes: list[PathwayNode]
    edges: list[PathwayEdge]
