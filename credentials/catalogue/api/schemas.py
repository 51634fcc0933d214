"""The shapes of what is served, for the contract (openapi.json).

Bodies are not made from these: they were serialised when they were published. A test holds real
bodies against them. Members may be added later; clients ignore those that they do not know.
"""

import datetime
import uuid
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from credentials.catalogue.ledger import PublishedVersion
from credentials.choices import (
    AssessmentKind,
    AwardKind,
    Category,
    CreditBasis,
    DeliveryMode,
    GroupRule,
    Kind,
    Language,
    PartnerKind,
    PrerequisiteKind,
    StackingApproach,
)

Status = Literal["published", "retired", "withdrawn"]


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
    """A picture, with its text alternative."""

    url: str
    width: int
    height: int
    alt: str


class Version(BaseModel):
    """Which published version this is. `sequence` orders all versions of the catalogue."""

    number: int
    sequence: int
    event: PublishedVersion.Event
    published_at: datetime.datetime
    first_published_at: datetime.datetime
    content_hash: str


class Approval(BaseModel):
    """Who approved the version, when, on which authority."""

    authority: str
    date: datetime.date
    reference: str
    instrument: str
    policy_version: str
    clauses: list[str]


class OfferingDocument(BaseModel):
    """A published offering. Text is plain unless its name ends in `_html`."""

    id: uuid.UUID
    slug: str
    kind: Kind
    title: str
    summary: str
    description_html: str
    category: Category
    credit_basis: CreditBasis
    language: Language
    audience: str
    contact_email: str
    academic_unit: AcademicUnit | None
    partners: list[Partner]
    admission: Admission
    outcomes: list[Outcome]
    assessments: list[Assessment]
    curriculum: list[CurriculumBlock]
    skills: list[Skill]
    stacking: Stacking | None
    prerequisites: list[Prerequisite]
    award: AwardKind
    delivery: list[DeliveryMode]
    hours: float | None = Field(description="Hours of learning.")
    weeks: int | None
    fee: Fee | None = Field(description="Null while it is not announced.")
    sessions: list[Session]
    osap_eligible: bool
    contracted: Contracted | None  # type: ignore[valid-type]
    academic_credit: AcademicCredit | None
    image: Image | None
    search_description: str
    url: str = Field(description="The public page.")
    status: Status
    note: str
    teach_out: datetime.date | None = Field(description="When retired: taught until.")
    version: Version
    approval: Approval
    competency: str | None = Field(None, description="Of a micro-credential.")
    criteria_html: str | None = Field(None, description="Of a digital badge.")
    assessed_how: str | None = Field(None, description="Of a digital badge (DEF-6).")
    review_interval_months: int | None = Field(None, description="Of a certificate program.")


class ListedOffering(OfferingDocument):
    """An offering in a list. With `fields`, only those members; `components` when included."""

    components: list[OfferingDocument] | None = None


class OfferingList(BaseModel):
    """A page of a list. `head` is the version of the catalogue that all its pages show."""

    items: list[ListedOffering]
    next_cursor: str | None
    head: int


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


class FacetCount(BaseModel):
    """A value that can be given to the filter of that name, and how many offerings have it."""

    value: str
    label: str
    count: int


class FacetCounts(BaseModel):
    """Counts over the offerings that the same filters list."""

    total: int
    facets: dict[str, list[FacetCount]]
    head: int


class Suggestions(BaseModel):
    """Offerings whose title has words that begin like the query's."""

    items: list[OfferingName]
    head: int


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
