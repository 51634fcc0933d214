"""Which policy version is in force, and versions as the plain data that rules read (PO-1)."""

import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from credentials.exceptions import NoPolicyInForce
from credentials.models.policies import ClauseRule, PolicyVersion
from credentials.policy.terms import PolicyTerms


def policy_in_force(on: datetime.date | None = None) -> PolicyVersion:
    """The version in force on a day, today by default. Raises NoPolicyInForce."""
    version = PolicyVersion.objects.select_related("adoption").in_force(on).first()
    if version is None:
        raise NoPolicyInForce(
            _("No policy version is in force. The policy's owner adopts one under Policy.")
        )
    return version


def label_in_force() -> str:
    """What a decision taken now keeps as its policy version (law 5). Raises NoPolicyInForce."""
    return policy_in_force().label


def terms_in_force() -> PolicyTerms:
    """The version in force as rules read it: one query, two when it has just taken force."""
    version = policy_in_force()
    return _adopted_terms(version.pk, version.label, version.adoption.adopted_at)


def terms_of(version: PolicyVersion) -> PolicyTerms:
    """Any version as rules read it; a draft is read anew each time."""
    if version.is_adopted:
        return _adopted_terms(version.pk, version.label, version.adoption.adopted_at)
    return _read(version.pk, version.label)


@lru_cache(maxsize=16)
def _adopted_terms(pk: int, label: str, adopted_at: datetime.datetime) -> PolicyTerms:
    """An adopted version never changes, so it is read once in a process.

    `adopted_at` tells it from one whose adoption was rolled back, which may have changed since.
    """
    return _read(pk, label)


def _read(pk: int, label: str) -> PolicyTerms:
    rules = (
        ClauseRule.objects.filter(clause__version_id=pk)
        .select_related("clause")
        .order_by("clause__position", "clause__pk", "sort_order", "pk")
    )
    return PolicyTerms(label, tuple(rule.as_terms() for rule in rules))
