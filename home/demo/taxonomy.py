"""Academic units, and skills with their places in outside frameworks."""

from dataclasses import dataclass

from credentials.models import AcademicUnit, Skill, SkillAlignment
from home.demo.reading import read_shared


@dataclass(frozen=True)
class Taxonomy:
    """What offerings are sorted by, found by code and by name."""

    units: dict[str, AcademicUnit]
    skills: dict[str, Skill]


def make_taxonomy() -> Taxonomy:
    """Make the units and skills that are missing; leave those that exist as they are."""
    data = read_shared("taxonomy")
    units = {unit.code: unit for unit in AcademicUnit.objects.filter(code__in=data["units"])}
    for code, name in data["units"].items():
        if code not in units:
            units[code] = AcademicUnit.objects.create(code=code, name=name)
    skills = {skill.name: skill for skill in Skill.objects.filter(name__in=data["skills"])}
    for name, alignments in data["skills"].items():
        if name not in skills:
            skills[name] = _make_skill(name, alignments, data["frameworks"])
    return Taxonomy(units, skills)


def _make_skill(
    name: str, alignments: dict[str, list[str]], frameworks: dict[str, dict[str, str]]
) -> Skill:
    skill = Skill(name=name)
    skill.alignments = [
        SkillAlignment(
            framework=frameworks[key]["name"],
            name=label,
            url=f"{frameworks[key]['url']}{code}",
            sort_order=position,
        )
        for position, (key, (code, label)) in enumerate(alignments.items())
    ]
    skill.save()
    return skill
