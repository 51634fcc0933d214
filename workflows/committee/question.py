"""What a committee is asked to decide, and how it is voted on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.choices import Purpose
from workflows.models import Meeting, Motion


@dataclass(frozen=True)
class Question:
    """What is put to the committee, and how it is voted on.

    `next_review_on` is the day that a review's motion sets, None for the policy's interval.
    `back_to` is the stage to which changes are asked for; `moved_by` and `seconded_by` are names.
    A `meeting` makes it a vote in that meeting, none an electronic vote.
    """

    purpose: Purpose = Purpose.APPROVE
    text: str = ""
    conditions: tuple[str, ...] = ()
    back_to: Any = None
    meeting: Meeting | None = None
    moved_by: str = ""
    seconded_by: str = ""
    reconsiders: Motion | None = None
    next_review_on: date | None = None
