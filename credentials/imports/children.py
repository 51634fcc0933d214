"""Cells that hold several things: skills, outcomes, assessments, partners, sessions."""

import re
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from credentials.choices import AssessmentKind, PartnerKind
from credentials.imports import values
from credentials.imports.problems import BadValue
from credentials.models import Assessment, Outcome, Partner, Prerequisite, Session, Skill

SESSION_COLUMNS = {
    "session_starts": "starts",
    "session_ends": "ends",
    "session_places": "place",
    "session_delivery": "delivery",
    "session_links": "registration_url",
}


def skill(text: str) -> str:
    """A skill's name. Something wholly in brackets is a remark, not a name."""
    if not any(c.isalnum() for c in text) or re.fullmatch(r"\(.*\)", text):
        raise BadValue(
            "skill",
            _("“%s” does not name a skill.") % text,
            _("Remove it, or write the skill's name without brackets around it."),
        )
    return str(values.checked(Skill, "name", text))


def outcomes(text: str) -> list[dict[str, str]]:
    """`LO1: statement | LO2: statement`; without codes they are numbered LO1, LO2 ..."""
    found = []
    for number, item in enumerate(values.several(values.line)(text), start=1):
        match = re.match(r"([A-Z]{1,6}\d{1,3})\s*:\s*(.+)", item)
        code, statement = match.groups() if match else (f"LO{number}", item)
        values.checked(Outcome, "code", code)
        found.append({"code": code, "statement": statement})
    codes = [outcome["code"] for outcome in found]
    if len(set(codes)) < len(codes):
        raise BadValue(
            "outcomes",
            _("Two outcomes have the same code."),
            _("Give every outcome its own code, such as LO1, LO2."),
        )
    return found


def assessment(text: str) -> dict[str, str]:
    """`Title :: kind :: LO1, LO2`; the codes may be left out."""
    found = values.parts(text)
    if len(found) not in (2, 3):
        raise BadValue(
            "assessment",
            _("An assessment needs a title and a kind."),
            _("Write it like “Observed transfer :: performance :: LO1, LO2”."),
        )
    title, kind, *codes = found
    return {
        "title": values.checked(Assessment, "title", title),
        "kind": values.choice(AssessmentKind)(kind),
        "outcome_codes": values.checked(Assessment, "outcome_codes", "".join(codes)),
    }


def partner(text: str) -> dict[str, str]:
    """`Name :: kind :: website`; a kind left out is filled in by the column partner_kind."""
    name, *rest = values.parts(text) or [""]
    kind, url, *more = [*rest, "", ""] if len(rest) < 3 else rest  # noqa: PLR2004
    if not name or any(more):
        raise BadValue(
            "partner",
            _("A partner is a name, a kind and a website."),
            _("Write it like “Lakeshore Health :: employer :: https://health.example.org”."),
        )
    return {
        "name": values.checked(Partner, "name", name),
        "kind": values.choice(PartnerKind)(kind) if kind else "",
        "url": values.checked(Partner, "url", url),
    }


def prerequisite(text: str) -> str:
    """A requirement in words."""
    return str(values.checked(Prerequisite, "description", text))


def session_text(name: str) -> values.Parser:
    """Places or links of sessions, by position."""
    return values.positional(lambda text: values.checked(Session, name, text))


def sessions(found: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Join the session columns by position: the first start with the first end, and so on.

    Every session has a start, and none ends before it. Raises BadValue.
    """
    names = [SESSION_COLUMNS[column] for column in found]
    joined = [dict(zip(names, run, strict=True)) for run in zip_longest(*found.values())]
    for run in joined:
        if not run.get("starts"):
            raise BadValue(
                "session",
                _("A session has no start."),
                _("Give as many starts as ends, places and links, with | between them."),
            )
        if run.get("ends") and run["ends"] < run["starts"]:
            raise BadValue(
                "session",
                _("A session ends on %(ends)s, before it starts on %(starts)s.") % run,
                _("Correct one of the two dates."),
            )
    return joined
