"""The public document of an offering: an allow-list, written out field by field (law 6)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from credentials.choices import StackingApproach
from credentials.conf import conf
from credentials.record.pictures import public_picture
from credentials.record.rich_text import public_html

if TYPE_CHECKING:
    from credentials.models import Assessment, Offering, Session

Document = dict[str, Any]


def document_of(offering: "Offering", with_them: frozenset[int] = frozenset()) -> Document:
    """Build what the public may see of this content, as plain JSON data: every word resolved.

    Amounts are strings with two decimals, hours a number, dates ISO 8601, text HTML where the
    name ends in `_html`. Only public offerings are named, and those `with_them` (primary keys):
    they are published together with this one (GB-3), and named as their drafts are.
    """
    return {
        "id": str(offering.uuid),
        "slug": offering.slug,
        "kind": str(offering.kind),
        "title": offering.title,
        "summary": offering.summary,
        "description_html": public_html(offering.description),
        "category": offering.category,
        "credit_basis": offering.credit_basis,
        "language": offering.language,
        "audience": offering.audience,
        "contact_email": offering.contact_email,
        "academic_unit": _academic_unit(offering),
        "partners": [
            {"name": partner.name, "kind": partner.kind, "url": partner.url}
            for partner in offering.partners.all()
        ],
        "admission": _admission(offering),
        "outcomes": [
            {"code": outcome.code, "statement": outcome.statement}
            for outcome in offering.outcomes.all()
        ],
        "assessments": [_assessment(assessment) for assessment in offering.assessments.all()],
        "curriculum": [_block(block) for block in offering.curriculum],
        "skills": [named_skill(item.skill) for item in offering.offering_skills.all()],
        "stacking": _stacking(offering, with_them),
        "prerequisites": [
            {
                "kind": item.kind,
                "offering": _named(item.requires) if item.requires else None,
                "description": item.description,
            }
            for item in offering.prerequisites.all()
            if item.requires is None or _is_named(item.requires, with_them)
        ],
        "award": offering.award_kind,
        "delivery": sorted(offering.delivery_modes),
        "hours": _number(offering.hours),
        "weeks": offering.weeks,
        "fee": _fee(offering),
        "sessions": [_session(session) for session in offering.sessions.all()],
        "contracted": _contracted(offering),
        "academic_credit": _academic_credit(offering),
        "image": _image(offering.image, offering.title),
        "search_description": offering.search_description,
        **offering.document_extras(),
    }


def others_in(document: Document) -> list[Document]:
    """The other offerings that a document names: its components, then its prerequisites."""
    components = (document["stacking"] or {}).get("components", [])
    required = (item["offering"] for item in document["prerequisites"])
    return [item for item in (*components, *required) if item]


def named_in(document: Document) -> set[str]:
    """UUIDs of the other offerings that a document names."""
    return {item["id"] for item in others_in(document)}


def _academic_unit(offering: "Offering") -> Document | None:
    unit = offering.academic_unit
    return {"code": unit.code, "name": unit.name} if unit else None


def _admission(offering: "Offering") -> Document:
    authority = offering.admission_authority
    return {
        "authority": authority.name,
        "consults": authority.consults,
        "clause": authority.clause,
        "requirements_html": public_html(offering.admission_requirements),
    }


def _assessment(assessment: "Assessment") -> Document:
    return {
        "title": assessment.title,
        "kind": assessment.kind,
        "establishes_mastery": assessment.establishes_mastery,
        "outcomes": assessment.codes,
        "description": assessment.description,
        "weight": assessment.weight,
    }


def _block(block: Any) -> Document:
    if block.block_type == "module":
        return {
            "type": "module",
            "title": block.value["title"],
            "hours": _number(block.value["hours"]),
            "description_html": _html(block.value["description"]),
            "topics": list(block.value["topics"]),
        }
    return {"type": "text", "text_html": _html(block.value)}


def _html(rich_text: Any) -> str:
    return public_html(rich_text.source) if rich_text else ""


def named_skill(skill: Any) -> Document:
    """A skill as documents name it, with where it stands in outside frameworks."""
    return {
        "id": str(skill.uuid),
        "name": skill.name,
        "alignments": [
            {"framework": item.framework, "name": item.name, "url": item.url}
            for item in skill.alignments.all()
        ],
    }


def _stacking(offering: "Offering", with_them: frozenset[int]) -> Document | None:
    components = [item for item in offering.components.all() if _is_named(item.part, with_them)]
    if offering.stacking_approach == StackingApproach.NONE and not components:
        return None
    return {
        "approach": offering.stacking_approach,
        "components": [
            {**_named(item.part), "required": item.required, "group": item.group}
            for item in components
        ],
        "groups": groups_of(offering),
        "additional_requirements_html": public_html(offering.additional_requirements),
    }


def groups_of(offering: "Offering") -> list[Document]:
    """The requirement groups, in order (CP-5 to CP-7)."""
    return [
        {
            "code": group.code,
            "name": group.name,
            "rule": group.rule,
            "minimum": _number(group.minimum),
        }
        for group in offering.requirement_groups.all()
    ]


def _is_named(offering: "Offering", with_them: frozenset[int]) -> bool:
    return offering.live or offering.pk in with_them


def _named(offering: "Offering") -> Document:
    """Name another offering as it stands when this document is written (law 1)."""
    specific = offering.specific
    if not specific.live:
        specific = specific.get_latest_revision_as_object()
    return {
        "id": str(specific.uuid),
        "slug": specific.slug,
        "title": specific.title,
        "kind": str(specific.kind),
    }


def _fee(offering: "Offering") -> Document | None:
    if offering.fee is None:
        return None
    return {
        "amount": str(offering.fee.quantize(Decimal("0.01"))),
        "currency": conf().CURRENCY,
        "note": offering.fee_note,
    }


def _session(session: "Session") -> Document:
    return {
        "starts": session.starts.isoformat(),
        "ends": session.ends.isoformat() if session.ends else None,
        "place": session.place,
        "delivery": session.delivery,
        "registration_url": session.registration_url,
    }


def _contracted(offering: "Offering") -> Document | None:
    if not offering.contracted_for:
        return None
    return {"for": offering.contracted_for, "governing_policy": offering.governing_policy}


def _academic_credit(offering: "Offering") -> Document | None:
    if not (offering.iqap_reference or offering.parent_program or offering.relative_weight):
        return None
    return {
        "iqap_reference": offering.iqap_reference,
        "iqap_date": offering.iqap_date.isoformat() if offering.iqap_date else None,
        "parent_program": offering.parent_program,
        "relative_weight": offering.relative_weight,
    }


def _image(image: Any, alt: str) -> Document | None:
    if image is None:
        return None
    picture = public_picture(image)
    return {
        "url": picture.url,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "alt": getattr(image, "description", "") or alt,
    }


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
