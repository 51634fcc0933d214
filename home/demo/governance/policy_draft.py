"""Drafts the policy's next version, so that its effects can be tried at once (PO-1, SC-3)."""

from typing import Any

from django.db.models import Max

from credentials.compliance.adoption import draft_from
from credentials.compliance.policies import policy_in_force
from credentials.models import ClauseRule, PolicyClause, PolicyVersion
from home.demo.data_files import Record, read_shared


def make_policy_draft(owner: Any) -> None:
    """Draft it from the version in force as the policy's owner; leave one that exists alone."""
    data = read_shared("policy_draft")
    if PolicyVersion.objects.filter(label=data["label"]).exists():
        return
    draft = draft_from(policy_in_force(), owner, data["label"])
    draft.changes = " ".join(data["changes"].split())
    draft.save()
    for changed in data["changed"]:
        rule = ClauseRule.objects.get(
            clause__version=draft, clause__number=changed["clause"], rule=changed["rule"]
        )
        _set_and_save(rule, {name: changed[name] for name in changed if name != "clause"})
    for added in data["added"]:
        clause = PolicyClause.objects.get(version=draft, number=added["clause"])
        _add_rule(clause, {name: added[name] for name in added if name != "clause"})
    _add_clause(draft, data["clause"])


def _add_clause(draft: PolicyVersion, data: Record) -> None:
    """Put the new clause at the end of its part, before the parts that follow."""
    last = PolicyClause.objects.filter(version=draft, part=data["part"]).aggregate(
        last=Max("position")
    )["last"]
    for later in PolicyClause.objects.filter(version=draft, position__gt=last):
        later.position += 1
        later.save(update_fields=["position"])
    values = {name: value for name, value in data.items() if name != "rules"}
    clause = PolicyClause.objects.create(version=draft, position=last + 1, **values)
    for rule in data["rules"]:
        _add_rule(clause, rule)


def _add_rule(clause: PolicyClause, data: Record) -> None:
    place = ClauseRule.objects.filter(clause=clause).count()
    _set_and_save(ClauseRule(clause=clause, sort_order=place), data)


def _set_and_save(rule: ClauseRule, data: Record) -> None:
    for name, value in data.items():
        setattr(rule, name, value)
    rule.full_clean()
    rule.save()
