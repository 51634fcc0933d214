"""A catalogue of any size: varied, always the same, published as the ledger publishes."""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from credentials.choices import AssessmentKind, Category, DeliveryMode, PartnerKind
from credentials.models import (
    AcademicUnit,
    Assessment,
    CertificateProgram,
    Component,
    Course,
    DigitalBadge,
    MicroCredential,
    OfferingSkill,
    Outcome,
    Partner,
    Session,
    Skill,
    SkillAlignment,
)

SUBJECTS = ("Data", "Care", "Soil", "Safety", "Design", "Finance", "Energy", "Language", "Law")
VERBS = ("Assess", "Plan", "Explain", "Build", "Measure", "Compare", "Improve", "Document")
SENTENCE = "Learners work on cases from practice and receive feedback from people in the field. "
UNITS = 12
SKILLS = 60
KINDS = (Course, Course, MicroCredential, MicroCredential, DigitalBadge, CertificateProgram)


def units() -> list[AcademicUnit]:
    """The academic units, saved."""
    return [
        AcademicUnit.objects.get_or_create(code=f"unit-{n}", defaults={"name": f"Faculty {n}"})[0]
        for n in range(UNITS)
    ]


def skills() -> list[Skill]:
    """The skills with their alignments, saved; the alignments stay in memory."""
    made = []
    for n in range(SKILLS):
        skill = Skill.objects.filter(name=f"Skill {n}").first() or Skill(name=f"Skill {n}")
        skill.alignments = [
            SkillAlignment(
                framework="Example framework",
                name=f"Competence {n}",
                url=f"https://frameworks.example/{n}",
            )
        ]
        skill.save()
        made.append(skill)
    return made


def offerings(size: int) -> Iterator[Any]:
    """Yield `size` offerings with their child rows in memory, none saved; about 4 kB each."""
    rng = random.Random(size)
    all_units, all_skills = units(), skills()
    courses: list[Any] = []
    for number in range(size):
        model = KINDS[number % len(KINDS)]
        subject, verb = rng.choice(SUBJECTS), rng.choice(VERBS)
        offering: Any = model(
            title=f"{verb} {subject.lower()} in practice {number}",
            slug=f"offering-{number}",
            summary=f"{verb} {subject.lower()} with confidence, in {rng.randint(2, 12)} weeks.",
            description=f"<p>{SENTENCE * rng.randint(5, 9)}</p>",
            audience="People who work, and people who return to work.",
            contact_email="credentials@lakeshore.example",
            category=_category(model),
            academic_unit=rng.choice([None, *all_units]),
            delivery_modes=sorted(rng.sample(DeliveryMode.values, rng.randint(1, 2))),
            hours=Decimal(rng.randint(6, 120)),
            weeks=rng.randint(1, 12),
            fee=Decimal(rng.randint(0, 40) * 50),
            curriculum=[("text", f"<p>{SENTENCE}</p>"), *(_module(n) for n in range(4))],
            **_extras(model),
        )
        offering.outcomes = [
            Outcome(code=f"LO{n}", statement=f"{rng.choice(VERBS)} {subject.lower()}, part {n}.")
            for n in range(1, 5)
        ]
        offering.assessments = [
            Assessment(title="Project", kind=AssessmentKind.PROJECT, outcome_codes="LO1, LO2"),
            Assessment(title="Talk", kind=AssessmentKind.ORAL, outcome_codes="LO3, LO4"),
        ]
        offering.partners = [
            Partner(name=f"Employer {rng.randint(1, 30)}", kind=PartnerKind.EMPLOYER)
        ]
        offering.offering_skills = [OfferingSkill(skill=s) for s in rng.sample(all_skills, 3)]
        offering.sessions = [_session(rng), _session(rng)]
        if model is CertificateProgram:
            offering.components = [Component(part=part) for part in courses[-3:]]
        if model is Course:
            courses = [*courses[-2:], offering]
        yield offering


def _category(model: Any) -> str:
    return {
        Course: Category.SHORT_COURSE,
        CertificateProgram: Category.CERTIFICATE_PROGRAM,
    }.get(model, Category.NAC_MICRO_CREDENTIAL)


def _extras(model: Any) -> dict[str, Any]:
    if model is MicroCredential:
        return {"competency": "Does one thing well, and can show it."}
    if model is DigitalBadge:
        return {"criteria": f"<p>{SENTENCE}</p>", "assessed_how": "By a portfolio."}
    return {}


def _module(number: int) -> tuple[str, dict[str, Any]]:
    return (
        "module",
        {
            "title": f"Module {number + 1}",
            "hours": Decimal(6),
            "description": f"<p>{SENTENCE}</p>",
            "topics": [f"Topic {number + 1}.{topic}" for topic in range(1, 4)],
        },
    )


def _session(rng: random.Random) -> Session:
    starts = datetime.date(2027, 1, 4) + datetime.timedelta(days=rng.randint(0, 700))
    return Session(starts=starts, ends=starts + datetime.timedelta(days=28), place="North Campus")
