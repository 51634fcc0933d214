"""Who is concerned: proposers, those who decide, members, those who decided before."""

from typing import Any

from django.contrib.auth import get_user_model

from credentials.conf import conf
from credentials.models import Offering
from workflows.choices import GOING_ON, Office
from workflows.committee_seats.seats import members
from workflows.deciding.proposers import own_keys
from workflows.models import Decision, ProposalEvent
from workflows.stages.stage_state import StageState

People = set[Any]


def with_keys(keys: set[str]) -> People:
    """Accounts by the keys that the record keeps; who has left is left out."""
    numbers = [key for key in keys if key.isdigit()]
    return set(get_user_model().objects.filter(pk__in=numbers, is_active=True))


def in_office(office: str) -> People:
    """Everybody of an office."""
    name = conf().ROLE_GROUPS.get(office, "")
    return set(get_user_model().objects.filter(groups__name=name, is_active=True))


def proposers(state: StageState) -> People:
    """Who wrote or submitted a proposal."""
    return with_keys(own_keys(state.workflow_state, state.workflow_state.content_object))


def deciders(state: StageState, draft: Offering) -> People:
    """Who is to act at a stage: its office, or who presides over its committee; no author."""
    return set(state.task.specific.people_to_act(draft)) - proposers(state)


def who_approved(decision: Decision) -> People:
    """Who let the same proposal pass an earlier stage, as persons or as a committee's members."""
    earlier = Decision.objects.filter(
        proposal_key=decision.proposal_key, outcome__in=GOING_ON, pk__lt=decision.pk
    ).select_related("motion__committee")
    people = with_keys({item.decided_by_key for item in earlier})
    for item in earlier:
        if item.motion is not None:
            people |= set(members(item.motion.committee))
    return people


def unit_of(offering: Offering) -> People:
    """Approvers of the academic unit that takes part."""
    unit = offering.academic_unit
    if unit is None:
        return set()
    groups = unit.approvers.all()
    return set(get_user_model().objects.filter(groups__in=groups, is_active=True))


def asked(event: ProposalEvent) -> People:
    """Who answers for the office that was asked."""
    if event.to_key == Office.UNIT:
        draft = event.offering.specific.get_latest_revision_as_object()
        return unit_of(draft)
    return in_office(event.to_key)
