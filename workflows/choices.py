"""Vocabularies of governance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.conf import conf


class RouteKey(models.TextChoices):
    """The routes a proposal can take."""

    CERTIFICATE = "certificate", _("Certificate program")
    MICRO_CREDENTIAL = "micro_credential", _("Micro-credential, badge or stackable credential")
    COURSE = "course", _("Department approval")
    FOR_CREDIT = "for_credit", _("Endorsement for academic credit")
    EMBEDDED = "embedded", _("Embedded in a new program")
    EDITORIAL = "editorial", _("Editorial change")
    RETIREMENT = "retirement", _("Retirement")
    REVIEW = "review", _("Review")
    CONTRACTED = "contracted", _("Contracted delivery")


# What the record calls the route that was split into certificate and micro_credential.
FORMER_COMMITTEE_ROUTE = "committee"


class Office(models.TextChoices):
    """The offices that decide, or are asked."""

    DEPARTMENT = "department", _("Continuous Learning Department")
    COMMITTEE = "committee", _("Micro-credentials and Continuous Learning Committee")
    UNIT = "unit", _("Academic unit")
    POLICY_OWNER = "policy_owner", _("Policy owner")

    @property
    def official_name(self) -> str:
        """The institution's name for it, which the record keeps."""
        return conf().OFFICES[self.value]


class Outcome(models.TextChoices):
    """What came of a stage."""

    APPROVED = "approved", _("Approved")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    DECLINED = "declined", _("Not approved")
    RECORDED = "recorded", _("Outcome recorded")
    NOTED = "noted", _("Received for information")
    PASSED = "passed", _("Passed by itself")
    OVERRIDDEN = "overridden", _("Emergency override")
    CONTINUE = "continue", _("Reviewed: continues as it is")
    REVISE = "revise", _("Reviewed: to be revised")
    RETIRE = "retire", _("Reviewed: to be retired")


# The outcomes with which a proposal goes on to its next stage.
GOING_ON = frozenset(
    {Outcome.APPROVED, Outcome.RECORDED, Outcome.NOTED, Outcome.PASSED, Outcome.OVERRIDDEN}
)

# Those of them for which the policy must be met first (law 5).
APPROVING = GOING_ON - {Outcome.PASSED, Outcome.RECORDED}


class AppliesWhen(models.TextChoices):
    """For which proposals of its route a stage is due."""

    ALWAYS = "always", _("Always")
    PARTNERED = "partnered", _("When an academic unit takes part")
    CATEGORIES = "categories", _("For the categories chosen below")


class Act(models.TextChoices):
    """What happened to a proposal beside its decisions."""

    SUBMITTED = "submitted", _("Submitted")
    HELD = "held", _("Put on hold")
    RESUMED = "resumed", _("Taken off hold")
    COMMENT_ASKED = "comment_asked", _("Comment asked for")
    COMMENT_GIVEN = "comment_given", _("Comment given")
    REMARK = "remark", _("Remark")
    ASSIGNED = "assigned", _("Assigned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REVISION_ASKED = "revision_asked", _("Revision asked for by a review")


class SeatRole(models.TextChoices):
    """What a seat on a committee is for."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    VOTING = "voting", _("Voting member")
    NON_VOTING = "non_voting", _("Non-voting member")
    EX_OFFICIO = "ex_officio", _("Ex officio")
    SECRETARY = "secretary", _("Secretary")


# Roles that open, run and close what a committee does.
PRESIDING = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY)


class QuorumBasis(models.TextChoices):
    """How a quorum is given; both count seats that may vote, without those recused."""

    NUMBER = "number", _("A number of seats")
    SHARE = "share", _("A percentage of the seats that may vote, rounded up")


class MajorityBasis(models.TextChoices):
    """Of what a majority is needed."""

    CAST = "cast", _("Of the votes cast, abstentions not counted")
    PRESENT = "present", _("Of the seats present")
    ALL = "all", _("Of all seats that may vote")


class Threshold(models.TextChoices):
    """How large a majority must be."""

    MORE_THAN_HALF = "more_than_half", _("More than half")
    TWO_THIRDS = "two_thirds", _("At least two thirds")


class TieBreak(models.TextChoices):
    """What becomes of as many votes for as against."""

    DEFEATED = "defeated", _("The motion is defeated")
    CHAIR = "chair", _("The chair's own vote counts twice")


class Choice(models.TextChoices):
    """What a ballot says."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ABSTAIN = "abstain", _("Abstain")
    RECUSE = "recuse", _("Recuse myself: I have a conflict of interest")
    DISCUSS = "discuss", _("Hold for discussion")


class Purpose(models.TextChoices):
    """What a motion asks the committee to do."""

    APPROVE = "approve", _("Approve")
    ENDORSE = "endorse", _("Endorse")
    REQUEST_CHANGES = "request_changes", _("Request changes")
    RETIRE = "retire", _("Retire or withdraw")
    CONTINUE = "continue", _("Continue as it is")
    REVISE = "revise", _("Have it revised")


class VotingMethod(models.TextChoices):
    """Where a motion is voted on."""

    MEETING = "meeting", _("In a meeting")
    E_VOTE = "e_vote", _("By electronic vote")


class MotionOutcome(models.TextChoices):
    """What became of a motion."""

    CARRIED = "carried", _("Carried")
    DEFEATED = "defeated", _("Defeated")
    NO_QUORUM = "no_quorum", _("No quorum, so nothing was decided")
    HELD = "held", _("Held for discussion at a meeting")
    VOID = "void", _("Void")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    CALLED = "called", _("Called")
    UNDER_WAY = "under_way", _("Under way")
    ADJOURNED = "adjourned", _("Adjourned")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    CANCELLED = "cancelled", _("Cancelled")


class AgendaPart(models.TextChoices):
    """Which part of an agenda an item stands in."""

    CONSENT = "consent", _("Consent")
    DISCUSSION = "discussion", _("Discussion")
    INFORMATION = "information", _("For information")


class MeetingAct(models.TextChoices):
    """What happened in a meeting."""

    CALLED = "called", _("Meeting called")
    OPENED = "opened", _("Meeting opened")
    ARRIVED = "arrived", _("Arrived")
    LEFT = "left", _("Left")
    PULLED = "pulled", _("Moved from consent to discussion")
    OBJECTED = "objected", _("Left the consent part by a vote")
    RECEIVED = "received", _("Received for information")
    NOTE = "note", _("Note")
    ADJOURNED = "adjourned", _("Meeting adjourned")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    CANCELLED = "cancelled", _("Meeting cancelled")


class ReviewState(models.TextChoices):
    """Where a review stands."""

    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Self-study under way")
    WITH_DECIDER = "with_decider", _("To be decided")
    CONCLUDED = "concluded", _("Concluded")
    CANCELLED = "cancelled", _("Cancelled")


class ReviewTrigger(models.TextChoices):
    """Why a review falls due."""

    CLOCK = "clock", _("Its interval")
    DEPARTMENT = "department", _("The Department's wish")
    REGULATION = "regulation", _("A regulation that changed")
    PARTNER_ENDS = "partner_ends", _("A partner that ends")
    AGREEMENT_ENDS = "agreement_ends", _("An agreement that ended")
    NOT_OFFERED = "not_offered", _("Not offered for two years")


# What a person can give as the reason for a review sooner than its interval asks.
BY_HAND = (ReviewTrigger.DEPARTMENT, ReviewTrigger.REGULATION, ReviewTrigger.PARTNER_ENDS)


class ReviewResult(models.TextChoices):
    """What a review comes to; the same words as its decision's outcome and its motion's purpose."""

    CONTINUE = Outcome.CONTINUE.value, _("Continue as it is")
    REVISE = Outcome.REVISE.value, _("Revise")
    RETIRE = Outcome.RETIRE.value, _("Retire")


class Delivery(models.TextChoices):
    """How a person wants to be told."""

    AT_ONCE = "at_once", _("Each message at once")
    DAILY = "daily", _("One digest a day")
    WEEKLY = "weekly", _("One digest a week")
    NONE = "none", _("No e-mail; I look at my home page")
