"""What a page asks about a proposal at its stage, beside what a decision asks."""

import json

from django.utils.functional import cached_property

from credentials.published.words import Renaming
from workflows.deciding.events import assignee_of
from workflows.deciding.frozen_proposal import frozen_at
from workflows.deciding.stage_reading import StageReading
from workflows.models import Motion, ProposalEvent
from workflows.proposals.new_words import renamed_since


class ProposalReading(StageReading):
    """A stage under way for those who read the proposal."""

    @cached_property
    def has_open_motion(self) -> bool:
        """Whether a committee is voting on it."""
        on_it = Motion.objects.filter(
            proposal_key=self.proposal_key, stage_key=str(self.state.task_id)
        )
        return bool(on_it.open().exists())

    @cached_property
    def renamed(self) -> list[Renaming]:
        """Records that are called otherwise now than in what the stage decides on."""
        frozen = frozen_at(self.state)
        return renamed_since(json.loads(frozen.document)) if frozen is not None else []

    @cached_property
    def assignment(self) -> ProposalEvent | None:
        """The last assignment at this stage since it started."""
        return assignee_of(self.state)
