"""What an offering says of itself, part by part, as the catalogue serves it."""

import datetime
import uuid
from typing import Literal

from pydantic import BaseModel, Field, create_model

from credentials.choices import (
    AssessmentKind,
    DeliveryMode,
    GroupRule,
    Kind,
    PartnerKind,
    PrerequisiteKind,
    StackingApproach,
)


class AcademicUnit(BaseModel):
    """The academic unit that owns or partners the offering (DEF-1)."""

    code: str
    name: str


class Partner(BaseModel):
    """An organization that the offering is developed or delivered with (FW-1)."""

    name: str
    kind: PartnerKind
    url: str


class Admission(BaseModel):
    """Who determines admission, by which clause (AD-1 to AD-4), and what is required."""

    authority: str
    consults: str
    clause: str
    requirements_html: str


class Outcome(BaseModel):
    """What a learner is able to do afterwards (PA-4, PA-5)."""

    code: str
    statement: str


class Assessment(BaseModel):
    """How outcomes are assessed; `outcomes` holds their codes (MC-4)."""

    title: str
    kind: AssessmentKind
    establishes_mastery: bool
    outcomes: list[str]
    description: str
    weight: int | None = Field(description="Per cent of the whole.")


class CurriculumBlock(BaseModel):
    """A module, or running text: `type` says which members there are (PA-5)."""

    type: Literal["module", "text"]
    title: str | None = None
    hours: float | None = None
    description_html: str | None = None
    topics: list[str] | None = None
    text_html: str | None = None


class Alignment(BaseModel):
    """The same skill in an outside framework."""

    framework: str
    name: str
    url: str


class Skill(BaseModel):
    """A skill that is taught and assessed."""

    id: uuid.UUID
    name: str
    alignments: list[Alignment]


class OfferingName(BaseModel):
    """Another offering, as it was named when this was published."""

    id: uuid.UUID
    slug: str
    title: str
    kind: Kind


class Component(OfferingName):
    """An offering inside a stackable one."""

    required: bool = Field(description="Whether everyone completes it; a group decides instead.")
    group: str = Field("", description="Code of the requirement group it counts in, if any.")


class RequirementGroup(BaseModel):
    """Components among which learners choose, and how many count (CP-5 to CP-7)."""

    code: str
    name: str
    rule: GroupRule
    minimum: float | None = Field(
        description="How many components, or how many hours of them; null when all of them."
    )


class Stacking(BaseModel):
    """What a stackable credential is made of, and how (DEF-10 to DEF-13)."""

    approach: StackingApproach
    components: list[Component]
    groups: list[RequirementGroup] = Field([], description="Absent before groups were recorded.")
    additional_requirements_html: str


class Prerequisite(BaseModel):
    """What must be held before, or taken together with, the offering (MC-7)."""

    kind: PrerequisiteKind
    offering: OfferingName | None
    description: str


class Fee(BaseModel):
    """What it costs; `amount` is a decimal with two places, as a string."""

    amount: str
    currency: str
    note: str


class Session(BaseModel):
    """One run of the offering."""

    starts: datetime.date
    ends: datetime.date | None
    place: str
    delivery: DeliveryMode | Literal[""]
    registration_url: str


# "for" is a word of the language, so this one cannot be written as a class.
Contracted = create_model(
    "Contracted",
    __doc__="Delivered for another unit or organization, under another policy (FW-2).",
    **{"for": (str, ...), "governing_policy": (str, ...)},  # type: ignore[call-overload]
)


class AcademicCredit(BaseModel):
    """How the offering relates to degrees and diplomas (DEF-8, FA-1)."""

    iqap_reference: str
    iqap_date: datetime.date | None
    parent_program: str
    relative_weight: str


class Image(BaseModel):
    """A picture, with its text alternative. What is at `url` never changes."""

    url: str
    sha256: str | None = Field(
        None, description="SHA-256 of the picture's bytes; older versions do not say it."
    )
    width: int
    height: int
    alt: str
