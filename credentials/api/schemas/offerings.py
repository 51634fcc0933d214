"""A published offering, and pages of them."""

import datetime
import uuid
from typing import Literal

from pydantic import BaseModel, Field

from credentials.api.schemas.content import (
    AcademicCredit,
    AcademicUnit,
    Admission,
    Assessment,
    Contracted,
    CurriculumBlock,
    Fee,
    Image,
    Outcome,
    Partner,
    Prerequisite,
    Session,
    Skill,
    Stacking,
)
from credentials.choices import AwardKind, Category, CreditBasis, DeliveryMode, Kind, Language
from credentials.record.ledger import PublishedVersion

Status = Literal["published", "retired", "withdrawn"]


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
    contracted: Contracted | None
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
