"""Counts and suggestions, by which offerings are found."""

from pydantic import BaseModel

from credentials.api.schemas.content import OfferingName


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
