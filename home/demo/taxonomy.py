"""Academic units with those who sign for them, and skills with their places in frameworks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission

from credentials.models import AcademicUnit, Skill, SkillAlignment
from home.demo.data_files import read_shared


@dataclass(frozen=True)
class Taxonomy:
    """What offerings are sorted by, found by code and by name."""

    units: dict[str, AcademicUnit]
    skills: dict[str, Skill]


def make_taxonomy(signatory: Any) -> Taxonomy:
    """Make the units and skills that are missing; leave those that exist as they are.

    A unit for which nobody signs yet gets a group of approvers, with the signatory in it (DEF-1).
    """
    data = read_shared("taxonomy")
    units = {unit.code: unit for unit in AcademicUnit.objects.filter(code__in=data["units"])}
    for code, name in data["units"].items():
        if code not in units:
            units[code] = AcademicUnit.objects.create(code=code, name=name)
    for unit in AcademicUnit.objects.filter(code__in=data["units"], approvers=None):
        unit.approvers.add(_make_approvers(unit, signatory))
    skills = {skill.name: skill for skill in Skill.objects.filter(name__in=data["skills"])}
    for name, alignments in data["skills"].items():
        if name not in skills:
            skills[name] = _make_skill(name, alignments, data["frameworks"])
    return Taxonomy(units, skills)


def _make_approvers(unit: AcademicUnit, signatory: Any) -> Group:
    group, _created = Group.objects.get_or_create(name=f"{unit.name} approvers")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    signatory.groups.add(group)
    return group


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
