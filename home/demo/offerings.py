"""Builds offerings, and changes to them, from records of the data files."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from credentials.choices import Kind
from credentials.models import (
    PAGE_TYPES,
    Assessment,
    AssociationEvidence,
    Component,
    Offering,
    OfferingSkill,
    Outcome,
    Partner,
    Prerequisite,
    RequirementGroup,
    Session,
)
from home.demo.data_files import Record, UnreadableDemo
from home.demo.lifecycle import STANDINGS
from home.demo.protocol import completed
from home.demo.taxonomy import Taxonomy

RICH_TEXT = frozenset(
    {"description", "admission_requirements", "additional_requirements", "criteria"}
)
ELSEWHERE = frozenset(  # keys that are not a field by their name
    {"reference", "kind", "picture", "unit", "skills", "modules", "components"}
    | {
        "protocol",
        "standing",
        "asked",
        "approved_with",
        "revisions",
        "pending",
        "ending",
        "days_ago",
    }
    | {"agreement", "admission", "unfinished", "waits_at"}
)
AGREEMENT = frozenset({"state", "waits_for", "ends_in_days"})
REGISTRATION = "https://register.lakeshore.example/"


def build(record: Record, taxonomy: Taxonomy, turn: int) -> Offering:
    """Return a new offering, not saved, with its children. `turn` picks its standard wording."""
    page = PAGE_TYPES[Kind(record["kind"])](
        reference=record["reference"], slug=slugify(record["title"]), live=False
    )
    units = {code: unit.name for code, unit in taxonomy.units.items()}
    change(page, completed(record, turn, units), taxonomy)
    return page


def change(page: Offering, record: Record, taxonomy: Taxonomy) -> None:
    """Set what the record names, in memory, and leave everything else as it is."""
    for name, value in {**record, **record.get("protocol", {})}.items():
        if builder := CHILDREN.get(name):
            accessor, build_child = builder
            getattr(page, accessor).set(
                [build_child(item, position, page) for position, item in enumerate(value, 1)]
            )
        elif name in RICH_TEXT:
            setattr(page, name, _paragraphs(value))
        elif name in PLAIN:
            setattr(page, name, " ".join(value.split()) if isinstance(value, str) else value)
    if "components" in record or "groups" in record:
        page.components.set(_components(record))
    if "modules" in record:
        page.curriculum = [("module", _module(item)) for item in record["modules"]]
    if "unit" in record:
        page.academic_unit = taxonomy.units[record["unit"]]
    if "skills" in record:
        page.offering_skills.set(
            [OfferingSkill(skill=taxonomy.skills[name]) for name in record["skills"]]
        )


def check_keys(records: list[Record]) -> None:
    """Refuse a misspelt key, so that nothing is lost silently. Raises UnreadableDemo."""
    known = {*PLAIN, *RICH_TEXT, *CHILDREN, *ELSEWHERE}
    for record in records:
        changes = [*record.get("revisions", []), record.get("pending", {})]
        for part in [record, record.get("protocol", {}), *changes]:
            standing = part.get("standing", "published")
            unknown = set(part) - known | ({standing} - STANDINGS)
            unknown |= set(part.get("agreement", {})) - AGREEMENT
            if unknown:
                names = ", ".join(sorted(unknown))
                raise UnreadableDemo(f"{record['reference']}: there is no {names}.")


def _field_names() -> frozenset[str]:
    named_otherwise = {"reference", *CHILDREN, *RICH_TEXT}
    fields = (field.name for page_type in PAGE_TYPES.values() for field in page_type._meta.fields)
    return frozenset(fields) - named_otherwise


def _paragraphs(text: str) -> str:
    """Turn paragraphs with an empty line between them into rich text."""
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _module(item: Record) -> Record:
    return {
        "title": item["title"],
        "hours": Decimal(str(item["hours"])) if "hours" in item else None,
        "description": _paragraphs(item["text"]) if "text" in item else "",
        "topics": item.get("topics", []),
    }


def _find(reference: str) -> Offering:
    return Offering.objects.get(reference=reference)


def _components(record: Record) -> list[Component]:
    """Required parts first, then those of each group, among which learners choose."""
    required = [Component(part=_find(name)) for name in record.get("components", [])]
    chosen = [
        Component(part=_find(name), required=False, group=group["code"])
        for group in record.get("groups", [])
        for name in group["of"]
    ]
    return [*required, *chosen]


def _group(item: Record, position: int, page: Offering) -> RequirementGroup:
    minimum = item.get("minimum")
    return RequirementGroup(
        code=item["code"],
        name=item["name"],
        rule=item["rule"],
        minimum=None if minimum is None else Decimal(str(minimum)),
    )


def _outcome(item: str, position: int, page: Offering) -> Outcome:
    return Outcome(code=f"LO{position}", statement=item)


def _assessment(item: Record, position: int, page: Offering) -> Assessment:
    return Assessment(
        title=item["title"],
        kind=item["kind"],
        outcome_codes=item.get("covers", ""),
        description=item["text"],
        weight=item.get("weight"),
    )


def _partner(item: Record, position: int, page: Offering) -> Partner:
    return Partner(**item)


def _evidence(item: Record, position: int, page: Offering) -> AssociationEvidence:
    return AssociationEvidence(**item)


def _prerequisite(item: str, position: int, page: Offering) -> Prerequisite:
    """An offering's reference, or words; "with " before a reference makes it a corequisite."""
    reference = item.removeprefix("with ")
    if not reference.startswith("demo-"):
        return Prerequisite(description=item)
    kind = "prerequisite" if reference == item else "corequisite"
    return Prerequisite(kind=kind, requires=_find(reference))


def _session(item: Record, position: int, page: Offering) -> Session:
    """`week` counts from this week's Monday, `day` is 1 for Monday, `days` the length."""
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    starts = monday + datetime.timedelta(weeks=item["week"], days=item.get("day", 1) - 1)
    return Session(
        starts=starts,
        ends=starts + datetime.timedelta(days=item.get("days", 1) - 1),
        place=item.get("place", ""),
        delivery=item.get("delivery", ""),
        registration_url=f"{REGISTRATION}{page.slug}/{position}",
    )


Builder = Callable[[Any, int, Offering], Any]
CHILDREN: dict[str, tuple[str, Builder]] = {
    "outcomes": ("outcomes", _outcome),
    "assessments": ("assessments", _assessment),
    "groups": ("requirement_groups", _group),
    "partners": ("partners", _partner),
    "evidence": ("association_evidence", _evidence),
    "prerequisites": ("prerequisites", _prerequisite),
    "sessions": ("sessions", _session),
}
PLAIN = _field_names()
