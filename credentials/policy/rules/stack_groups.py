"""Requirement groups: what they ask can be completed, and every part counts (CP-7)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import GroupRule
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.stack import attainable, can_be_met
from credentials.policy.terms import RuleTerms
from credentials.policy.view import Group, OfferingView


def _has_groups(view: OfferingView, terms: RuleTerms) -> bool:
    named = any(item.group for item in view.components)
    return view.is_governed_here and bool(view.groups or named)


def _has_parts_under_the_policy(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and bool(view.components)


@rule(
    "groups-attainable",
    gettext_lazy("Every requirement group can be completed"),
    applies=_has_groups,
)
def groups_attainable(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Components name groups that exist, and groups ask for no more than they hold (CP-7)."""
    codes = Counter(group.code for group in view.groups)
    for row, item in enumerate(view.components):
        if item.group and item.group not in codes:
            yield Gap(
                _(
                    "“%(part)s” counts in group %(code)s, which does not exist. Add the group "
                    "under Requirement groups, or name another."
                )
                % {"part": item.part.title, "code": item.group},
                Place("components", row, "group"),
            )
    for row, group in enumerate(view.groups):
        if codes[group.code] > 1:
            yield Gap(
                _("Two requirement groups have the code %(code)s. Give each its own.")
                % {"code": group.code},
                Place("requirement_groups", row, "code"),
            )
            continue
        yield from _group_gaps(view, row, group)


def _group_gaps(view: OfferingView, row: int, group: Group) -> Iterator[Gap]:
    members = [item.part for item in view.components if item.group and item.group == group.code]
    named = {"group": group.name or group.code or row + 1, "code": group.code}
    if not members:
        sentence = _(
            "No component counts in the group “%(group)s”. Enter its code %(code)s at the "
            "components that do, or remove the group."
        )
        yield Gap(sentence % named, Place("requirement_groups", row, "code"))
    elif group.rule != GroupRule.ALL and group.minimum is None:
        sentence = _("The group “%(group)s” does not say how much of it counts. Enter a number.")
        yield Gap(sentence % named, Place("requirement_groups", row, "minimum"))
    elif not can_be_met(group, members):
        hours = group.rule == GroupRule.HOURS
        sentence = (
            _(
                "The group “%(group)s” asks for %(minimum)s hours, and its components come to "
                "%(most)s. Ask for less, or add components."
            )
            if hours
            else _(
                "The group “%(group)s” asks for %(minimum)s components and has %(most)s. Ask for "
                "fewer, or add components."
            )
        )
        figures = {"minimum": _figure(group.minimum), "most": _figure(attainable(group, members))}
        yield Gap(sentence % {**named, **figures}, Place("requirement_groups", row, "minimum"))


@rule(
    "loose-parts",
    gettext_lazy("Every part counts toward something"),
    applies=_has_parts_under_the_policy,
)
def loose_parts(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A part is required or belongs to a group (CP-7)."""
    for row, item in enumerate(view.components):
        if not item.required and not item.group:
            yield Gap(
                _(
                    "“%(part)s” is neither required nor in a requirement group, so it counts "
                    "toward nothing. Mark it as required, or name its group."
                )
                % {"part": item.part.title},
                Place("components", row, "required"),
            )


def _figure(value: Decimal | None) -> str:
    return number_format((value or Decimal(0)).normalize())
