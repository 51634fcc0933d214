"""What the end of an offering would do to those that hold or require it (DEF-10, MC-7)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from credentials.choices import GroupRule, PrerequisiteKind
from credentials.models.offerings.offering import Offering
from credentials.models.offerings.stacking import Component, Prerequisite, RequirementGroup
from credentials.policy.stack import attainable, can_be_met
from credentials.policy.view import Group, Part
from credentials.record.projection import CatalogueEntry

# An effect, and the reason for it in a sentence.
Loss = tuple["Effect", str]


class Effect(models.TextChoices):
    """How much a published offering would lose."""

    BREAKS = "breaks", gettext_lazy("Breaks: it could no longer be completed")
    WEAKENS = "weakens", gettext_lazy("Weakens: learners have less to choose from")


@dataclass(frozen=True)
class Impact:
    """A published offering, by title and public address, with the effect and each reason for it."""

    key: int
    title: str
    url: str
    effect: Effect
    reasons: tuple[str, ...]

    @property
    def breaks(self) -> bool:
        """Whether learners could no longer complete it."""
        return self.effect == Effect.BREAKS


def impact_of(offering: Offering) -> list[Impact]:
    """Say what retiring or withdrawing this would do, to each offering that holds or requires it.

    Directly, and only to offerings that can be taken up now; what breaks comes first, then by
    title. Four queries, however many there are.
    """
    offered = CatalogueEntry.objects.current().offered().filter(offering_pk=OuterRef("pk"))
    holders = Component.objects.filter(part=offering.pk).values("offering")
    requirers = Prerequisite.objects.filter(requires=offering.pk).values("offering")
    pages = Page.objects.filter(Exists(offered)).exclude(pk=offering.pk)
    affected = pages.filter(models.Q(pk__in=holders) | models.Q(pk__in=requirers)).in_bulk()
    found: dict[int, list[Loss]] = defaultdict(list)
    _through_prerequisites(offering, affected, found)
    _through_components(offering, affected, found)
    impacts = [_impact(affected[key], losses) for key, losses in found.items()]
    return sorted(impacts, key=lambda impact: (not impact.breaks, impact.title, impact.key))


def _impact(page: Page, losses: list[Loss]) -> Impact:
    worst = Effect.BREAKS if any(e == Effect.BREAKS for e, _reason in losses) else Effect.WEAKENS
    reasons = tuple(dict.fromkeys(reason for _effect, reason in losses))
    return Impact(page.pk, page.title, page.get_url() or "", worst, reasons)


def _through_prerequisites(
    offering: Offering, affected: Collection[int], found: dict[int, list[Loss]]
) -> None:
    rows = Prerequisite.objects.filter(requires=offering.pk, offering__in=affected)
    for key, kind in rows.values_list("offering", "kind"):
        reason = (
            _("It is taken together with this.")
            if kind == PrerequisiteKind.COREQUISITE
            else _("It requires this first.")
        )
        found[key].append((Effect.BREAKS, reason))


def _through_components(
    offering: Offering, affected: Collection[int], found: dict[int, list[Loss]]
) -> None:
    groups: dict[int, dict[str, Group]] = defaultdict(dict)
    for group in RequirementGroup.objects.filter(offering__in=affected):
        groups[group.offering_id][group.code] = Group(
            group.code, group.name, group.rule, group.minimum
        )
    offered = CatalogueEntry.objects.current().offered().filter(offering_pk=OuterRef("part"))
    rows = (
        Component.objects.filter(offering__in=affected)
        .annotate(is_offered=Exists(offered))
        .values("offering", "part", "part__hours", "required", "group", "is_offered")
    )
    stacks: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        stacks[row["offering"]].append(row)
    for key, components in stacks.items():
        for row in components:
            if row["part"] == offering.pk:
                group = groups[key].get(row["group"]) if row["group"] else None
                found[key].append(_loss(row, group, components))


def _loss(lost: dict[str, Any], group: Group | None, components: Iterable[dict[str, Any]]) -> Loss:
    """What losing one component does to the rule under which it counts."""
    if group is None and lost["required"]:
        return Effect.BREAKS, _("It is a required part.")
    if group is None:
        return Effect.WEAKENS, _("It is a part by choice.")
    left = [
        Part(row["part"], "", "", is_offered=True, hours=row["part__hours"])
        for row in components
        if row["group"] == group.code and row["part"] != lost["part"] and row["is_offered"]
    ]
    if group.rule == GroupRule.ALL:
        return Effect.BREAKS, _("The group “%(group)s” asks for all its parts.") % {
            "group": group.name
        }
    figures = {
        "group": group.name,
        "minimum": number_format((group.minimum or Decimal(0)).normalize()),
        "left": number_format(attainable(group, left).normalize()),
    }
    sentence = (
        _("The group “%(group)s” asks for %(minimum)s hours, and %(left)s would be left.")
        if group.rule == GroupRule.HOURS
        else _(
            "The group “%(group)s” asks for %(minimum)s of its parts, and %(left)s would be left."
        )
    )
    effect = Effect.WEAKENS if can_be_met(group, left) else Effect.BREAKS
    return effect, sentence % figures
