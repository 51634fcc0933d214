"""Whose own proposal it is: its authors, and whoever submitted it (law 4)."""

from collections.abc import Iterable
from typing import Any

from credentials.models import Offering
from credentials.people.actors import Actor
from credentials.people.identity import Recused, recuse
from credentials.record.authorship import authors_of
from workflows.choices import Act
from workflows.models.events import ProposalEvent


def recused_from_proposal(workflow_state: Any, draft: Offering) -> Recused:
    """The people who wrote or submitted a proposal, by any account of theirs (law 4)."""
    return recused_with(proposers_of(workflow_state, draft))


def own_keys(workflow_state: Any, draft: Offering) -> set[str]:
    """Keys of the very accounts whose own proposal it is: it gives rights, and recuses nobody."""
    return set(proposers_of(workflow_state, draft))


def proposers_of(workflow_state: Any, draft: Offering) -> dict[str, str]:
    """Whose own proposal it is, key to name: its authors, and whoever submitted it.

    Also those who submitted it again after changes, and also when their accounts are gone.
    """
    submitted = ProposalEvent.objects.filter(
        proposal_key=str(workflow_state.pk), kind=Act.SUBMITTED
    )
    by = submitted.values_list("by_key", "by_name")
    return submitters(workflow_state, by) | authors_of(draft)


def submitters(workflow_state: Any, submitted_by: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Its submitters, key to name, from the events that name them and from Wagtail's own record."""
    requested_by = workflow_state.requested_by_id
    found = {str(requested_by): ""} if requested_by else {}
    return found | {key: name for key, name in submitted_by if key}


def recused_with(proposers: dict[str, str]) -> Recused:
    """Those whose own proposal it is, key to name, with all accounts that are the same person."""
    return recuse(Actor(key, name) for key, name in proposers.items())
