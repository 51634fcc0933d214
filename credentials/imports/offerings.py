"""Puts the plain values of a row into an offering, in memory."""

from typing import Any

from credentials.models import (
    AcademicUnit,
    Assessment,
    Offering,
    OfferingSkill,
    Outcome,
    Partner,
    Prerequisite,
    Session,
    Skill,
)
from credentials.record.content import freeze

_CHILDREN = {
    "outcomes": Outcome,
    "assessments": Assessment,
    "partners": Partner,
    "sessions": Session,
}
_NOT_SET = ("kind", "reference")


class Taxonomy:
    """Units by code and skills by name, read once; new skills are kept aside until writing."""

    def __init__(self) -> None:
        self.units = {unit.code.casefold(): unit for unit in AcademicUnit.objects.all()}
        self._skills = {skill.name.casefold(): skill for skill in Skill.objects.all()}

    def skill(self, name: str) -> Skill:
        """The registered skill of that name in any case, or an unsaved one."""
        return self._skills.setdefault(name.casefold(), Skill(name=name))

    def register(self, names: list[str]) -> None:
        """Save the skills among these that are new."""
        for name in names:
            skill = self.skill(name)
            if skill.pk is None:
                skill.save()


def fill(offering: Offering, values: dict[str, Any], taxonomy: Taxonomy) -> None:
    """Set these fields; what the row does not mention stays as it is."""
    for name, value in values.items():
        if name in _NOT_SET:
            continue
        if name == "academic_unit":
            offering.academic_unit = taxonomy.units[value.casefold()]
        elif name == "skills":
            skills = [OfferingSkill(skill=taxonomy.skill(skill)) for skill in value]
            offering.offering_skills.set(skills)
        elif name == "prerequisites":
            _set_prerequisites(offering, value)
        elif name in _CHILDREN:
            getattr(offering, name).set([_child(_CHILDREN[name], item) for item in value])
        else:
            setattr(offering, name, offering._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
    offering.draft_title = offering.title


def differs(offering: Offering, values: dict[str, Any], taxonomy: Taxonomy) -> bool:
    """Fill an offering, and say whether that changed its content."""
    before = freeze(offering).content_hash
    fill(offering, values, taxonomy)
    return freeze(offering).content_hash != before


def _child(model: type[Any], item: dict[str, Any]) -> Any:
    return model(
        **{
            name: model._meta.get_field(name).to_python(value)
            for name, value in item.items()
            if value is not None
        }
    )


def _set_prerequisites(offering: Any, descriptions: list[str]) -> None:
    """Replace those in words; those that name an offering were set in the editor and stay."""
    linked = [item for item in offering.prerequisites.all() if item.requires_id]
    offering.prerequisites.set(
        [*linked, *(Prerequisite(description=text) for text in descriptions)]
    )
