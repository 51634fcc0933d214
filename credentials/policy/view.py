"""What the rules read of an offering: plain, frozen data, whichever draft or row it came from."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from credentials.choices import CreditBasis, Kind
from credentials.policy.admission import Authority
from credentials.policy.osap import OsapLimits

# Fields that a clause may ask to be filled, in the order of the editor.
SECTIONS = (
    "summary",
    "description",
    "audience",
    "admission_requirements",
    "competency",
    "criteria",
    "assessed_how",
    "curriculum",
    "award_kind",
    "additional_requirements",
    "delivery_modes",
    "hours",
    "fee",
    "rationale",
    "need_evidence",
    "objectives",
    "stakeholders",
    "typical_student",
    "program_outcomes",
    "curriculum_design",
    "assessment_evaluation",
    "continuous_improvement",
    "review_accreditation",
    "compliance_legal",
    "communication_transparency",
    "monitoring_reporting",
    "external_reference",
)


@dataclass(frozen=True)
class Outcome:
    """A learning outcome by its code."""

    code: str
    statement: str


@dataclass(frozen=True)
class Assessment:
    """An assessment, its kind and the codes of the outcomes it covers."""

    title: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Another offering of the catalogue, as it stands there now.

    `is_offered` is false for a draft, a retired and a withdrawn one; `is_retired` tells which.
    """

    key: int
    title: str
    kind: str
    is_offered: bool
    is_retired: bool = False
    unit: str = ""
    hours: Decimal | None = None
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Component:
    """A part in a stack: always asked for, or by the rule of the group it names."""

    part: Part
    required: bool
    group: str = ""


@dataclass(frozen=True)
class Group:
    """A requirement group and how much of it counts."""

    code: str
    name: str
    rule: str
    minimum: Decimal | None


@dataclass(frozen=True)
class Prerequisite:
    """What is held before or taken with it: one of our offerings, or words."""

    kind: str
    part: Part | None
    description: str = ""


@dataclass(frozen=True)
class Graph:
    """Which published offering is made of, and needs, which others: all that can be reached.

    Keys are primary keys. `contains` are components, `requires` prerequisites (not corequisites).
    """

    parts: Mapping[int, Part] = field(default_factory=dict)
    contains: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    requires: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Party:
    """A party to the agreement, what it took on, and whether it signed these terms."""

    name: str
    kind: str
    duties: frozenset[str]
    has_signed: bool


@dataclass(frozen=True)
class Agreement:
    """The current responsibilities agreement (MC-6)."""

    number: int
    is_open: bool
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    learning_system: str
    parties: tuple[Party, ...]


@dataclass(frozen=True)
class SignOff:
    """The admission authority's latest sign-off. `fits` when it is of the present text."""

    authority: str
    fits: bool
    consulted: str = ""


@dataclass(frozen=True)
class OfferingView:
    """One offering's content, with the facts around it that the policy asks about.

    `filled` holds the names out of SECTIONS that are not empty. `key` is 0 before the first save.
    `today` makes what depends on the date depend on nothing else.
    """

    key: int
    kind: str
    category: str
    credit_basis: str
    title: str
    today: datetime.date
    authority: Authority
    filled: frozenset[str] = frozenset()
    unit: str = ""
    partners: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    association_basis: str = ""
    evidence: int = 0
    waiver_granted_by: str = ""
    stacking_approach: str = ""
    components: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    award: str = ""
    delivery_modes: tuple[str, ...] = ()
    hours: Decimal | None = None
    weeks: int | None = None
    asks_for_osap: bool = False
    osap_limits: OsapLimits = field(default_factory=OsapLimits)
    contracted_for: str = ""
    governing_policy: str = ""
    iqap_reference: str = ""
    iqap_date: datetime.date | None = None
    has_iqap_document: bool = False
    parent_program: str = ""
    relative_weight: str = ""
    relative_weight_approval: str = ""
    review_interval_months: int | None = None
    has_image: bool = False
    is_published: bool = False
    reviewed_on: datetime.date | None = None
    next_review_on: datetime.date | None = None
    review_wanted_on: datetime.date | None = None
    agreement: Agreement | None = None
    sign_off: SignOff | None = None
    graph: Graph = field(default_factory=Graph)

    @property
    def is_for_credit(self) -> bool:
        """For-Academic-Credit: the quality process decides, the policy frames only (SC-2)."""
        return self.credit_basis == CreditBasis.FAC

    @property
    def is_contracted(self) -> bool:
        """Delivered under another's policy (FW-2)."""
        return bool(self.contracted_for)

    @property
    def is_stackable(self) -> bool:
        """A credential made of others (DEF-10)."""
        return bool(self.stacking_approach or self.components)

    @property
    def is_alternative_credential(self) -> bool:
        """Micro-credential, badge or stackable credential: what the MC clauses are about."""
        return self.kind in (Kind.MICRO_CREDENTIAL, Kind.DIGITAL_BADGE) or self.is_stackable

    @property
    def is_governed_here(self) -> bool:
        """Not for credit and not contracted: the clauses on development apply in full."""
        return not self.is_for_credit and not self.is_contracted
