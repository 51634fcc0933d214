"""All models of the app but the stages, by what they are about."""

from workflows.models.annual_reports import (
    AnnualReport,
    PresentedReport,
    ReportAddendum,
    ReportedAwards,
)
from workflows.models.ballots import Ballot, RosterSeat
from workflows.models.bundles import Bundle, BundledOffering
from workflows.models.committees import Committee, CommitteeRules, Seat, SeatTerm
from workflows.models.decisions import Decision, OutsideOutcome
from workflows.models.events import ProposalEvent
from workflows.models.frozen_proposals import FrozenProposal
from workflows.models.jobs import JobLease, JobRun
from workflows.models.meetings import AgendaItem, Meeting, MeetingEvent, Minutes, MinutesDraft
from workflows.models.motions import Condition, ConditionMet, Motion, MotionResult
from workflows.models.notifications import (
    CalendarFeed,
    DecisionLetter,
    Notification,
    NotificationPreference,
)
from workflows.models.retirements import RetirementDecision, RetirementRequest
from workflows.models.review_outcomes import ReviewOutcome
from workflows.models.reviews import ReviewCycle, ReviewSchedule
from workflows.models.routes import Route
from workflows.models.self_studies import ReviewSubmission, SelfStudy, StudyEvidence

__all__ = [
    "AgendaItem",
    "AnnualReport",
    "Ballot",
    "Bundle",
    "BundledOffering",
    "CalendarFeed",
    "Committee",
    "CommitteeRules",
    "Condition",
    "ConditionMet",
    "Decision",
    "DecisionLetter",
    "FrozenProposal",
    "JobLease",
    "JobRun",
    "Meeting",
    "MeetingEvent",
    "Minutes",
    "MinutesDraft",
    "Motion",
    "MotionResult",
    "Notification",
    "NotificationPreference",
    "OutsideOutcome",
    "PresentedReport",
    "ProposalEvent",
    "ReportAddendum",
    "ReportedAwards",
    "RetirementDecision",
    "RetirementRequest",
    "ReviewCycle",
    "ReviewOutcome",
    "ReviewSchedule",
    "ReviewSubmission",
    "RosterSeat",
    "Route",
    "Seat",
    "SeatTerm",
    "SelfStudy",
    "StudyEvidence",
]
