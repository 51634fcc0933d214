"""What others may listen to. Sent within the transaction of what they tell of."""

from django.dispatch import Signal

decided = Signal()  # decision: Decision, state: StageState and draft: Offering, or neither
stage_started = Signal()  # state: StageState, draft: Offering
acted = Signal()  # event: ProposalEvent
field_commented = Signal()  # comment: Comment, label: str, state: StageState
motion_opened = Signal()  # motion: Motion
motion_closed = Signal()  # motion: Motion, its result written
meeting_called = Signal()  # meeting: Meeting
meeting_changed = Signal()  # meeting: Meeting, called before
review_submitted = Signal()  # submission: ReviewSubmission
review_returned = Signal()  # cycle: ReviewCycle, reason: str
review_concluded = Signal()  # outcome: ReviewOutcome
minutes_confirmed = Signal()  # minutes: Minutes
