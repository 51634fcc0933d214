"""Giving a committee new rules: motions that are open keep those they were opened under."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from workflows.committee_seats.assignment import check_may_change
from workflows.exceptions import DecisionRefused
from workflows.models import Committee, CommitteeRules


def make_rules(committee: Committee, by: Person, **values: Any) -> CommitteeRules:
    """Append rules that are in force from now on.

    Raises DecisionRefused, or ValidationError naming the field.
    """
    check_may_change(by)
    if not values.get("reason", "").strip():
        raise DecisionRefused(_("Say why the rules change; it stays on record."))
    actor = actor_of(by)
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=committee.pk)  # one number at a time
        last = committee.rules.order_by("number").last()
        rules = CommitteeRules(
            committee=committee,
            number=last.number + 1 if last else 1,
            made_by_key=actor.key,
            made_by_name=actor.name,
            **values,
        )
        rules.full_clean()
        rules.save()
    return rules
