"""A stage under way as it was read: each fact once, for one page or one decision."""

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

from credentials.models import Offering
from credentials.people.actors import Person
from credentials.people.identity import Recused
from credentials.record.content import FrozenContent
from workflows.deciding.events import hold_on
from workflows.deciding.frozen_proposal import content_at
from workflows.deciding.position import standing_decision
from workflows.deciding.proposers import proposers_of, recused_with
from workflows.models.decisions import Decision
from workflows.models.events import ProposalEvent

if TYPE_CHECKING:
    from workflows.stages.stage_state import StageState


def draft_of(state: "StageState") -> Offering:
    """The proposal as it now stands: the latest revision, whoever saved it."""
    page = state.workflow_state.content_object.specific
    draft: Offering = page.get_latest_revision_as_object()
    return draft


class StageReading:
    """What is asked about a stage under way, read when it is first asked.

    A page hands in as `known` what it has read already, by the names of the facts. A decision is
    taken on a reading of its own, made while the stage is held, and hands it on (law 2).
    """

    def __init__(self, state: "StageState", **known: Any) -> None:
        self.state = state
        self.proposal_key = str(state.workflow_state_id)
        vars(self).update(known)

    @cached_property
    def stage(self) -> Any:
        """The stage as its own kind."""
        return self.state.task.specific

    @cached_property
    def draft(self) -> Offering:
        """The proposal as it now stands."""
        return draft_of(self.state)

    @cached_property
    def frozen(self) -> FrozenContent:
        """Its content, by the rules of the hash that the stage began with."""
        return content_at(self.state, self.draft)

    @cached_property
    def hold(self) -> ProposalEvent | None:
        """What put it on hold, if it is."""
        return hold_on(self.proposal_key)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision by which the stage would go on, when it was taken and not undone."""
        return standing_decision(self.state)

    @cached_property
    def proposers(self) -> dict[str, str]:
        """Whose own proposal it is, key to name."""
        return proposers_of(self.state.workflow_state, self.draft)

    @cached_property
    def recused(self) -> Recused:
        """The people who wrote or submitted it, by any account of theirs (law 4)."""
        return recused_with(self.proposers)

    @property
    def is_unchanged(self) -> bool:
        """Whether the proposal still is what was submitted to this stage (law 2)."""
        return self.frozen.content_hash == self.state.content_hash

    def is_own(self, person: Person) -> bool:
        """Whether this very account wrote or submitted it: it gives rights, and recuses nobody."""
        return str(person.pk) in self.proposers
