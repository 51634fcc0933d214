"""Offerings as reports read them, and what they count beside decisions.

Live courses without documents or versions, which no report reads; their standings with clauses,
agreements and sessions; a committee's seats and meetings.
"""

import datetime
import random
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from bench.catalogue import units as academic_units
from bench.history import BATCH, in_bulk
from bench.loading import insert_pages
from credentials.choices import Category
from credentials.compliance.policies import policy_in_force
from credentials.models import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    ClauseStanding,
    Course,
    Readiness,
    Session,
)
from workflows.choices import MeetingAct, MeetingState, SeatRole
from workflows.models import Committee, Meeting, MeetingEvent, Seat, SeatTerm

CLAUSES = 20
SEATS = 7
MEETINGS = 80
A_MONTH = datetime.timedelta(days=30)


def add_offerings(root: Page, size: int) -> list[int]:
    """Add so many live courses below a page, each with a session to come; returns their keys."""
    rng = random.Random(size)
    made, units = [], academic_units()
    size += root.numchild
    for first in range(root.numchild, size, BATCH):
        batch = [
            Course(
                title=f"Course {number}",
                slug=f"course-{number}",
                category=rng.choice(Category.values),
                academic_unit=rng.choice([None, *units]),
            )
            for number in range(first, min(first + BATCH, size))
        ]
        with transaction.atomic(), disable_reference_index_auto_update():
            insert_pages(root, batch, first)
        made += [course.pk for course in batch]
    Page.objects.filter(pk=root.pk).update(numchild=size)
    starts = timezone.localdate() + A_MONTH
    in_bulk(Session, (Session(offering_id=key, starts=starts, sort_order=0) for key in made))
    return made


def add_holdings(keys: Sequence[int]) -> None:
    """Add them to offerings by primary key."""
    rng = random.Random(len(keys))
    _standings(keys, rng)
    _agreements(keys[::4], rng)
    _long_ago(keys[::5], rng)


def _standings(keys: Sequence[int], rng: random.Random) -> None:
    version = policy_in_force()
    clauses = list(version.clauses.values_list("number", flat=True)[:CLAUSES])
    in_bulk(Readiness, (Readiness(offering_id=key, policy_version=version.label) for key in keys))
    in_bulk(
        ClauseStanding,
        (
            ClauseStanding(
                offering_id=key,
                clause=clause,
                standing="failing" if rng.random() < 0.1 else "met",
            )
            for key in keys
            for clause in clauses
        ),
    )


def _agreements(keys: Sequence[int], rng: random.Random) -> None:
    today = timezone.localdate()
    agreements = in_bulk(
        Agreement,
        (
            Agreement(
                offering_id=key,
                state=Agreement.State.OPEN,
                starts_on=today - 40 * A_MONTH,
                ends_on=today + datetime.timedelta(days=rng.randint(-200, 700)),
            )
            for key in keys
        ),
    )
    parties = in_bulk(AgreementParty, _parties(agreements))
    in_bulk(
        AgreementSignature,
        (
            AgreementSignature(
                party=party,
                offering_id=party.agreement.offering_id,
                terms="{}",
                terms_hash="0" * 64,
                method="admin",
                signed_by_name=party.signatory_name,
            )
            for party in parties[::2]
        ),
    )


def _parties(agreements: list[Agreement]) -> Iterator[AgreementParty]:
    for agreement in agreements:
        for number in (1, 2):
            yield AgreementParty(
                agreement=agreement,
                kind="partner",
                name=f"Employer {number}",
                signatory_name="Sam Signatory",
                signatory_email="sam@example.org",
            )


def _long_ago(keys: Sequence[int], rng: random.Random) -> None:
    """Sessions and first publication of these offerings lie years back."""
    then = timezone.now() - datetime.timedelta(days=365 * 7)
    Page.objects.filter(pk__in=keys).update(first_published_at=then)
    sessions = list(Session.objects.filter(offering__in=keys))
    for session in sessions:
        starts = timezone.localdate() - datetime.timedelta(days=rng.randint(800, 2400))
        session.starts, session.ends = starts, starts + A_MONTH
    Session.objects.bulk_update(sessions, ["starts", "ends"], 1000)


def seat_committee() -> None:
    """Seats, their terms and a meeting each month; once, and before there are motions."""
    rng = random.Random(SEATS)
    committee = Committee.objects.get()
    since = timezone.localdate() - datetime.timedelta(days=365 * 8)
    seats = in_bulk(
        Seat,
        (
            Seat(
                committee=committee,
                title=f"Seat {n}",
                role=SeatRole.VOTING if n else SeatRole.CHAIR,
                position=n,
            )
            for n in range(SEATS)
        ),
    )
    in_bulk(
        SeatTerm,
        (
            SeatTerm(seat=seat, person_key=str(seat.pk), person_name=seat.title, starts_on=since)
            for seat in seats
        ),
    )
    meetings = in_bulk(
        Meeting,
        (
            Meeting(
                committee=committee,
                starts_at=timezone.now() - n * A_MONTH,
                state=MeetingState.ADJOURNED,
            )
            for n in range(1, MEETINGS + 1)
        ),
    )
    in_bulk(
        MeetingEvent,
        (
            MeetingEvent(
                meeting=meeting,
                kind=MeetingAct.ARRIVED,
                seat=seat,
                person_key=str(seat.pk),
                person_name=seat.title,
                by_key="0",
                by_name="Benchmark",
                at=meeting.starts_at,
            )
            for meeting in meetings
            for seat in seats
            if rng.random() < 0.8
        ),
    )
