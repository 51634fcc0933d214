"""Cases for tests: filed by the office's own act, brought to a stage by acts."""

import datetime
from typing import Any

from django.utils import timezone

from appeals.acts import completeness, decisions, response
from appeals.acts.filing import Filing, FirstDecider, file_for
from appeals.choices import Outcome, Stage
from appeals.models import Case

DAY = datetime.timedelta(days=1)
NAME = "Wilhelmina Unmistakable"
EMAIL = "wilhelmina@learners.example"
STATEMENT = "The rubric was exchanged after the deadline, zyzzyva."
RESPONDENT = FirstDecider("Ignatius Firstinstance", "ignatius@deciders.example", "", True)


def filing(**changed: Any) -> Filing:
    """What an appellant files in time, unless it is changed."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "appellant_name": NAME,
        "appellant_email": EMAIL,
        "offering_title": "Data for Nurses",
        "decision": "A grade of 48 in the final assessment",
        "decided_on": today - 3 * DAY,
        "received_on": today - 2 * DAY,
        "grounds": ["procedural-irregularity"],
        "statement": STATEMENT,
        "remedy": "A new assessment",
        "first_deciders": [RESPONDENT],
    }
    return Filing(**(facts | changed))


def late_filing(**changed: Any) -> Filing:
    """What comes long after the time to appeal, with a reason."""
    long_ago = timezone.localdate() - 90 * DAY
    facts = {"decided_on": long_ago, "received_on": long_ago, "late_reason": "I was in hospital."}
    return filing(**(facts | changed))


def make_case(staff: dict[str, Any], stage: Stage = Stage.COMPLETENESS, **changed: Any) -> Case:
    """A case at a stage, by the acts that lead there; see `staff` in conftest."""
    office, decider = staff["office"], staff["decider"]
    made = late_filing(**changed) if stage == Stage.LATE else filing(**changed)
    case = file_for(office, made)
    if stage in (Stage.LATE, Stage.COMPLETENESS):
        return case
    if stage == Stage.INFORMATION:
        completeness.request_information(office, case, "The decision itself")
        return case
    completeness.find_complete(office, case)
    if stage == Stage.RESPONSE:
        return case
    response.receive_response(office, case, "We followed the rules.")
    if stage == Stage.REVIEW:
        return case
    decisions.submit(office, case)
    if stage == Stage.DECISION:
        return case
    decisions.decide(decider, case, decisions.Ruling(Outcome.DISMISSED, "No ground is shown."))
    return case
