"""Gives the demonstration an open appeal and a closed one, each brought there by its acts."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from appeals.acts import additions, completeness, decisions, endings, people, response
from appeals.acts.filing import Filing, FirstDecider, file_for
from appeals.acts.letters import issue
from appeals.choices import Outcome
from appeals.letters.composition import draw_up
from appeals.letters.kinds import OF_OUTCOME
from appeals.models import Case
from credentials.models import Offering
from home.demo.clock import Clock
from home.demo.data_files import Record, read_shared
from home.demo.people import People


@transaction.atomic
def make_appeals(people_of_demo: People, clock: Clock) -> None:
    """Make both, unless there are appeals already."""
    if Case.objects.exists():
        return
    said = read_shared("appeals")
    office = people_of_demo.by_role["appeals_office"]
    decider = people_of_demo.by_role["appeals_decider"][0]
    _close(said["closed"], clock, office[0], decider)
    _leave_open(said["open"], clock, office[0], office[-1])


def _leave_open(record: Record, clock: Clock, office: Any, worker: Any) -> None:
    with clock.at(clock.days_ago(record["filed_days_ago"])):
        case = _review(record, clock, office)
        people.assign(office, case, worker)
        additions.note(worker, case, record["note"])


def _close(record: Record, clock: Clock, office: Any, decider: Any) -> None:
    with clock.at(clock.days_ago(record["filed_days_ago"])):
        case = _review(record, clock, office)
        clock.wait(days=3)
        decisions.submit(office, case)
        clock.wait(days=2)
        ruling = decisions.Ruling(Outcome.UPHELD, record["reasons"], action=record["action"])
        decisions.decide(decider, case, ruling)
        letter = draw_up(case, OF_OUTCOME[Outcome.UPHELD], list(case.events.order_by("number")))
        issue(office, case, letter.kind, letter.subject, letter.body)
        endings.complete_action(office, case, record["done"])
    # In the present: the database reckons by its own clock how long a case has to be kept.
    endings.close(office, case)


def _review(record: Record, clock: Clock, office: Any) -> Case:
    """Filed, complete and answered, within a few days."""
    case = file_for(office, _filing(record, clock))
    clock.wait(days=1)
    completeness.find_complete(office, case)
    response.request_response(office, case, case.first_deciders.get())
    clock.wait(days=2)
    response.respond(case, record["respondent_name"], record["response"])
    return case


def _filing(record: Record, clock: Clock) -> Filing:
    offering = Offering.objects.filter(reference=record["offering"]).first()
    today = timezone.localdate(clock.present)
    return Filing(
        appellant_name=record["appellant_name"],
        appellant_email=record["appellant_email"],
        language=record.get("language", "en"),
        offering=offering,
        offering_title=record["offering"],
        decision=record["decision"],
        decision_body=record["decision_body"],
        decided_on=today - _days(record["decided_days_ago"]),
        received_on=today - _days(record["received_days_ago"]),
        grounds=record["grounds"],
        statement=record["statement"],
        remedy=record["remedy"],
        first_deciders=[
            FirstDecider(record["respondent_name"], record["respondent_email"], is_respondent=True)
        ],
    )


def _days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)
