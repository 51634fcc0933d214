"""What narrows a list: parameters of the list and the facets, and the entries that they leave."""

import datetime
import uuid
from enum import StrEnum
from typing import Annotated, Any

from django.db.models import Q
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from credentials.api.requests.parameters import Parameters, as_date, as_moment
from credentials.choices import Category, CreditBasis, DeliveryMode, Kind, Language
from credentials.record.facets import NO_FEE
from credentials.record.projection import CatalogueEntryQuerySet, CatalogueFacet

MAX_AMOUNT = 1_000_000


def _in_one_order(values: list[Any]) -> list[Any]:
    return sorted(set(values))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Amount = Annotated[float, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False)]
Day = Annotated[
    datetime.date, BeforeValidator(as_date), WithJsonSchema({"type": "string", "format": "date"})
]
Moment = Annotated[
    datetime.datetime | None,
    BeforeValidator(as_moment),
    WithJsonSchema({"type": "string", "examples": ["2026-01-31", "2026-01-31T12:00:00Z"]}),
]


class FilterParameters(Parameters):
    """Filters. Values of one repeated parameter are alternatives; different parameters add up."""

    kind: Annotated[list[Kind], AfterValidator(_in_one_order)] = []
    category: Annotated[list[Category], AfterValidator(_in_one_order)] = []
    credit_basis: Annotated[list[CreditBasis], AfterValidator(_in_one_order)] = []
    delivery: Annotated[list[DeliveryMode], AfterValidator(_in_one_order)] = []
    language: Annotated[list[Language], AfterValidator(_in_one_order)] = []
    academic_unit: Annotated[list[Text], AfterValidator(_in_one_order)] = Field(
        [], description="Code of an academic unit."
    )
    partner: Annotated[list[Text], AfterValidator(_in_one_order)] = Field(
        [], description="Name of a partner."
    )
    skill: Annotated[list[Text], AfterValidator(_in_one_order)] = Field(
        [], description="UUID or name of a skill."
    )
    osap: bool | None = None
    stackable: bool | None = None
    hours_min: Amount | None = None
    hours_max: Amount | None = None
    fee_min: Amount | None = None
    fee_max: Amount | None = None
    starts_from: Day | None = Field(None, description="A session starts on this day or later.")
    starts_to: Day | None = Field(None, description="A session starts on this day or earlier.")
    q: Text | None = Field(None, description="Full-text search; all words must be found.")
    as_of: Moment = Field(
        None,
        description="The catalogue as it stood at an instant, or at the end of a day.",
    )

    @model_validator(mode="after")
    def check_ranges(self) -> "FilterParameters":
        """Refuse ranges that hold nothing."""
        for low, high in (
            ("hours_min", "hours_max"),
            ("fee_min", "fee_max"),
            ("starts_from", "starts_to"),
        ):
            first, last = getattr(self, low), getattr(self, high)
            if first is not None and last is not None and first > last:
                raise ValueError(f"`{low}` is above `{high}`: exchange them.")
        return self


class FacetName(StrEnum):
    """Facets that are rows of their own: they have labels, or several values for an entry."""

    ACADEMIC_UNIT = "academic_unit"
    DELIVERY = "delivery"
    PARTNER = "partner"
    SKILL = "skill"
    COMPONENT = "component"
    STARTS = "starts"


def filtered(entries: CatalogueEntryQuerySet, given: FilterParameters) -> CatalogueEntryQuerySet:
    """Narrow the entries, without another query. Search is not done here, see `search`."""
    conditions = Q()
    for column in ("kind", "category", "credit_basis", "language", "academic_unit"):
        if values := getattr(given, column):
            conditions &= Q(**{f"{column}__in": values})
    for column in ("osap", "stackable"):
        if (wanted := getattr(given, column)) is not None:
            conditions &= Q(**{column: wanted})
    for bound, lookup in (
        ("hours_min", "hours__gte"),
        ("hours_max", "hours__lte"),
        ("fee_min", "fee__gte"),
        ("fee_max", "fee__lte"),
    ):
        if (amount := getattr(given, bound)) is not None:
            conditions &= Q(**{lookup: amount})
    if given.fee_min is not None:
        conditions &= Q(fee__lt=NO_FEE)
    if given.delivery:
        conditions &= _with_facet(FacetName.DELIVERY, Q(value__in=given.delivery))
    if given.partner:
        conditions &= _with_facet(FacetName.PARTNER, Q(value__in=given.partner))
    if given.skill:
        conditions &= _with_facet(FacetName.SKILL, _any_skill(given.skill))
    if given.starts_from or given.starts_to:
        conditions &= _with_facet(FacetName.STARTS, _starting(given))
    return entries.filter(conditions) if conditions else entries


def _with_facet(name: FacetName, condition: Q) -> Q:
    facets = CatalogueFacet.objects.filter(condition, name=name)
    return Q(pk__in=facets.values("entry_id"))


def _any_skill(named: list[str]) -> Q:
    condition = Q()
    for text in named:
        try:
            condition |= Q(value=str(uuid.UUID(text)))
        except ValueError:
            condition |= Q(label__iexact=text)
    return condition


def _starting(given: FilterParameters) -> Q:
    condition = Q()
    if given.starts_from:
        condition &= Q(value__gte=given.starts_from.isoformat())
    if given.starts_to:
        condition &= Q(value__lte=given.starts_to.isoformat())
    return condition
