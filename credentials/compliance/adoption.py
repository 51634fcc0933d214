"""A version's way into force: drafted from another, then adopted for a day (SC-3, PO-1)."""

import calendar
import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from credentials.models.policies import (
    ClauseRule,
    PolicyAdoption,
    PolicyClause,
    PolicyVersion,
)
from credentials.models.versions import copied_values
from credentials.people.actors import Person, name_of
from credentials.record.ledger import LedgerHead

PERMISSION = "credentials.own_policy"
YEARS_BETWEEN_REVIEWS = 3
NOT_COPIED = frozenset({"id", "label", "changes", "approved_on", "review_due_on", "based_on"})


@transaction.atomic
def draft_from(version: PolicyVersion, user: Person, label: str) -> PolicyVersion:
    """Copy a version with its clauses and rules into a new draft.

    The draft is not approved yet, and its review is due as late as PO-1 lets it be from today.
    Raises PermissionDenied, or ValidationError naming `label` when it is empty or taken.
    """
    _check_owner(user)
    draft = PolicyVersion(
        **copied_values(version, NOT_COPIED),
        label=label.strip(),
        review_due_on=latest_review(timezone.localdate()),
        based_on=version,
    )
    draft.full_clean()
    draft.save()
    copies: dict[int, PolicyClause] = {}
    for clause in version.clauses.all():
        copy = PolicyClause(version=draft, **copied_values(clause, frozenset({"id", "version"})))
        copy.save()
        copies[clause.pk] = copy
    ClauseRule.objects.bulk_create(
        ClauseRule(
            clause=copies[rule.clause_id], **copied_values(rule, frozenset({"id", "clause"}))
        )
        for rule in ClauseRule.objects.filter(clause__version=version)
    )
    return draft


@transaction.atomic
def adopt(version: PolicyVersion, in_force_from: datetime.date, user: Person) -> PolicyAdoption:
    """Let a draft take force on a day; from now on it never changes.

    Raises PermissionDenied, or ValidationError by field with every reason against it.
    """
    _check_owner(user)
    # Held, so that nobody edits it between these checks and the adoption.
    held = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if PolicyAdoption.objects.filter(version=held).exists():
        raise ValidationError(
            _("“%(label)s” has been adopted already. To change the policy, draft a new version.")
            % {"label": held.label}
        )
    errors = {**_wrong_force(in_force_from), **_wrong_dates(held, in_force_from)}
    if errors:
        raise ValidationError(errors)
    if not held.clauses.exists():
        raise ValidationError(
            _("A version without clauses asks nothing. Add its clauses, then adopt it.")
        )
    adoption: PolicyAdoption = PolicyAdoption.objects.create(
        version=held,
        in_force_from=in_force_from,
        adopted_by_key=str(user.pk),
        adopted_by_name=name_of(user),
    )
    version.adoption = adoption
    return adoption


def latest_review(approved_on: datetime.date) -> datetime.date:
    """The last day of the month that lies three years after an approval (PO-1)."""
    year = approved_on.year + YEARS_BETWEEN_REVIEWS
    return datetime.date(year, approved_on.month, calendar.monthrange(year, approved_on.month)[1])


def _check_owner(user: Person) -> None:
    if not user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied(_("Only those who own the policy may draft and adopt its versions."))


def _wrong_force(in_force_from: datetime.date) -> dict[str, str]:
    """A day in the past would put a version under decisions that were taken without it.

    Of two versions for one day, the one adopted later applies: so a mistake is corrected.
    """
    if in_force_from >= LedgerHead.today():
        return {}
    return {
        "in_force_from": _(
            "A version cannot take force in the past: decisions were taken under the one in force "
            "then. Choose today or a later day."
        )
    }


def _wrong_dates(version: PolicyVersion, in_force_from: datetime.date) -> dict[str, str]:
    """What is wrong with the day of approval, or else with the day of review (PO-1)."""
    approved_on, review_due_on = version.approved_on, version.review_due_on
    if approved_on is None:
        return {"approved_on": _("Say on which day the approving authority approved this version.")}
    if approved_on > max(in_force_from, timezone.localdate()):
        return {
            "approved_on": _(
                "A version takes force once it is approved, not before. Correct the day of "
                "approval, or choose a later day to take force."
            )
        }
    if review_due_on <= approved_on:
        return {"review_due_on": _("The review comes after the approval. Choose a later day. PO-1")}
    latest = latest_review(approved_on)
    if review_due_on > latest:
        return {
            "review_due_on": _(
                "The policy is reviewed within three years of its approval. Choose a day up to "
                "%(latest)s. PO-1"
            )
            % {"latest": date_format(latest, "DATE_FORMAT")}
        }
    return {}
