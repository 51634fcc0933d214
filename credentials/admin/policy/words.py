"""Clauses and rules of the policy in words, and the differences between two versions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from credentials.choices import AssessmentKind, Duty, Kind
from credentials.models import (
    CertificateProgram,
    ClauseRule,
    Course,
    DigitalBadge,
    MicroCredential,
    PolicyClause,
    PolicyVersion,
)
from credentials.policy.findings import Severity
from credentials.policy.rulebook import RULES

SEVERITIES = {
    Severity.BLOCKS_SUBMISSION: gettext_lazy("Holds up submission"),
    Severity.BLOCKS_APPROVAL: gettext_lazy("Holds up approval"),
    Severity.ADVICE: gettext_lazy("Advice: holds up nothing"),
}
TERMS: dict[str, Any] = {
    value: label for choices in (AssessmentKind, Duty, Kind) for value, label in choices.choices
}
FACTS = (
    "classification_number",
    "title",
    "approving_authority",
    "owner",
    "owner_email",
    "approved_on",
    "review_due_on",
)
ASPECTS = {
    "severity": pgettext_lazy("of a rule", "severity"),
    "kinds": pgettext_lazy("of a rule", "only for"),
    "field": pgettext_lazy("of a rule", "field"),
    "number": pgettext_lazy("of a rule", "figure"),
    "terms": pgettext_lazy("of a rule", "terms"),
}


@dataclass(frozen=True)
class RuleWords:
    """A rule as people read it: what it checks, how grave it is, for whom and with what."""

    label: str
    severity: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What became of one clause: "added", "changed" or "removed", and how."""

    number: str
    heading: str
    kind: str
    kind_name: str
    sentences: tuple[str, ...]


def clauses_of(version: PolicyVersion) -> "models.QuerySet[PolicyClause]":
    """A version's clauses in their order, with their rules, in two queries."""
    clauses: models.QuerySet[PolicyClause] = version.clauses.prefetch_related("rules")
    return clauses


def words_of(rule: ClauseRule) -> RuleWords:
    """A rule in words."""
    aspects = _aspects(rule)
    details = [
        f"{ASPECTS[name]}: {aspects[name]}"
        for name in ("kinds", "field", "number", "terms")
        if aspects[name]
    ]
    return RuleWords(_label(rule), aspects["severity"], tuple(details))


def name_of_field(model: type[models.Model], name: str) -> str:
    """A field as forms name it. Raises FieldDoesNotExist."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def fact_differences(before: PolicyVersion, after: PolicyVersion) -> list[str]:
    """Which facts of the version differ, a sentence each."""
    sentences = []
    for name in FACTS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            label = name_of_field(PolicyVersion, name)
            sentences.append(_from_to(label, old, new))
    return sentences


def differences(before: PolicyVersion, after: PolicyVersion) -> list[Difference]:
    """Clauses added and changed in the order of the later version, then those removed."""
    old = {clause.number: clause for clause in clauses_of(before)}
    new = {clause.number: clause for clause in clauses_of(after)}
    found = []
    for number, clause in new.items():
        if number not in old:
            rules = tuple(_rule_sentence(_("Rule added: %s"), rule) for rule in clause.rules.all())
            found.append(Difference(number, clause.heading, "added", _("Added"), rules))
        elif sentences := tuple(_clause_differences(old[number], clause)):
            found.append(Difference(number, clause.heading, "changed", _("Changed"), sentences))
    for number, clause in old.items():
        if number not in new:
            sentence = _("Its rules are no longer asked of any offering.")
            rules = (sentence,) if clause.rules.all() else ()
            found.append(Difference(number, clause.heading, "removed", _("Removed"), rules))
    return found


def _clause_differences(old: PolicyClause, new: PolicyClause) -> Iterator[str]:
    for name in ("part", "heading", "summary", "home"):
        if getattr(old, name) != getattr(new, name):
            label = name_of_field(PolicyClause, name)
            yield _from_to(label, getattr(old, name), getattr(new, name))
    if old.obligation != new.obligation:
        label = name_of_field(PolicyClause, "obligation")
        yield _from_to(label, old.get_obligation_display(), new.get_obligation_display())
    yield from _rule_differences(old, new)


def _rule_differences(old: PolicyClause, new: PolicyClause) -> Iterator[str]:
    """Rules are matched by their key, and by their turn where a clause uses one more than once."""
    before, after = _by_key(old), _by_key(new)
    for key in [*after, *(key for key in before if key not in after)]:
        rules, others = before.get(key, []), after.get(key, [])
        for was, now in zip(rules, others, strict=False):
            aspects, others_aspects = _aspects(was), _aspects(now)
            for name, label in ASPECTS.items():
                if aspects[name] != others_aspects[name]:
                    subject = f"{_label(now)} ({label})"
                    yield _from_to(subject, aspects[name], others_aspects[name])
        for rule in others[len(rules) :]:
            yield _rule_sentence(_("Rule added: %s"), rule)
        for rule in rules[len(others) :]:
            yield _rule_sentence(_("Rule removed: %s"), rule)


def _by_key(clause: PolicyClause) -> dict[tuple[str, str], list[ClauseRule]]:
    grouped: dict[tuple[str, str], list[ClauseRule]] = defaultdict(list)
    for rule in clause.rules.all():
        grouped[rule.rule, rule.field].append(rule)
    return grouped


def _rule_sentence(template: str, rule: ClauseRule) -> str:
    words = words_of(rule)
    return template % "; ".join((words.label, words.severity, *words.details))


def _from_to(label: str, old: object, new: object) -> str:
    words = {"what": label[:1].upper() + label[1:], "old": old, "new": new}
    if old in (None, ""):
        return _("%(what)s: “%(new)s”, which was empty") % words
    if new in (None, ""):
        return _("%(what)s: emptied, which was “%(old)s”") % words
    return _("%(what)s: from “%(old)s” to “%(new)s”") % words


def _label(rule: ClauseRule) -> str:
    registered = RULES.get(rule.rule)
    return str(registered.label) if registered else rule.rule


def _aspects(rule: ClauseRule) -> dict[str, str]:
    terms = [term.strip() for term in rule.terms.split(",") if term.strip()]
    return {
        "severity": str(SEVERITIES[Severity(rule.severity)]),
        "kinds": ", ".join(str(Kind(kind).label) for kind in rule.kinds),
        "field": _field_name(rule.field),
        "number": "" if rule.number is None else str(rule.number),
        "terms": ", ".join(str(TERMS.get(term, term)) for term in terms),
    }


def _field_name(name: str) -> str:
    """The field as the editor names it, whichever kind of offering has it."""
    for model in (MicroCredential, DigitalBadge, CertificateProgram, Course):
        try:
            return name_of_field(model, name) if name else ""
        except FieldDoesNotExist:
            continue
    return name
