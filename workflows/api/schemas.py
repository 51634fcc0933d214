"""What the workflow API answers and takes."""

import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field


class AwaitingItem(Schema):
    """One thing to do."""

    kind: str
    title: str
    detail: str
    since: datetime.datetime
    url: str = Field(description="Where a person does it in the admin.")
    proposal: str | None = Field(description="The offering's UUID, when a proposal is meant.")


class StageItem(Schema):
    """A stage of the route with its standing in words."""

    name: str
    office: str
    standing: str
    is_current: bool
    details: list[str]


class DecisionItem(Schema):
    """A decision on record."""

    stage: str
    office: str
    outcome: str
    comment: str
    returned_to: str
    decided_by: str
    by_token: str = Field(description="Name of the API token by which it was given, if by one.")
    decided_at: datetime.datetime
    content_hash: str


class ConditionItem(Schema):
    """A condition of a motion."""

    id: int
    text: str
    met: bool


class MotionItem(Schema):
    """A motion, its outcome in words, and what the reader may do with it."""

    id: int
    purpose: str
    text: str
    method: str
    content_hash: str
    opened_at: datetime.datetime
    closes_at: datetime.datetime | None
    outcome: str | None
    explanation: str
    conditions: list[ConditionItem]
    may_vote: bool
    own_vote: str | None


class FindingItem(Schema):
    """What the policy still asks before approval."""

    clause: str
    sentence: str


class QuestionItem(Schema):
    """A comment asked of an office that has not answered yet."""

    id: int
    office: str
    text: str
    asked_by: str
    may_answer: bool


class ProposalState(Schema):
    """Where a proposal stands, and what this person may do with it."""

    proposal: str = Field(description="The offering's UUID.")
    title: str
    kind: str
    content_hash: str
    document_hash: str = Field(
        description="Of the public document that was frozen at submission; empty before."
    )
    submitted_at: datetime.datetime | None
    on_hold: str | None
    stages: list[StageItem]
    waits_for: list[str]
    decisions: list[DecisionItem]
    motions: list[MotionItem]
    questions: list[QuestionItem]
    findings: list[FindingItem]
    external_reference: str = Field(description="Its number in the curriculum system.")
    external_url: str
    bundle: str | None = Field(description="The bundle with which it is published together.")
    allowed_actions: list[str]


class ActionBody(Schema):
    """What an action needs; which of it, its name says."""

    content_hash: str = Field("", description="Of what was read; needed to decide.")
    document_hash: str = Field("", description="Likewise.")
    comment: str = ""
    back_to: str = Field("", description="Name of an earlier stage, to ask it for changes.")
    office: str = Field(
        "", description="For ask_comment: department, committee, unit, policy_owner."
    )
    question: int | None = Field(None, description="For give_comment: its number.")
    assignee: str = Field("", description="For assign: what the colleague signs in with.")
    field: str = Field("", description="For comment_on_field: its name in the authoring API.")
    instrument: str = Field("", description="For override.")
    body: str = Field("", description="For record: the body that decided.")
    decided_on: datetime.date | None = Field(None, description="For record.")
    reference: str = Field("", description="For record.")
    document: int | None = Field(None, description="For record: a document's number.")
    purpose: str = Field("", description="For open_motion: approve, endorse, request_changes.")
    conditions: list[str] = Field([], description="For open_motion.")
    moved_by: str = Field("", description="For open_motion: a member's name.")
    seconded_by: str = Field("", description="For open_motion: a member's name.")
    meeting: int | None = Field(None, description="For open_motion; an electronic vote without.")


class ConfirmationBody(Schema):
    """How a condition was met."""

    note: str = Field(min_length=1)


class BallotBody(Schema):
    """A vote on what was read."""

    choice: Literal["yes", "no", "abstain", "recuse", "discuss"]
    content_hash: str
    comment: str = ""
