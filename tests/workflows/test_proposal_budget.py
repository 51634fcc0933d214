"""Reading a proposal asks the database a bounded number of questions, however long its story."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Revision

from credentials.models import OfferingSkill, Outcome, Partner, PublishedVersion
from credentials.record.content import freeze
from tests.committee import open_vote, seat, seat_committee, vote, vote_all
from tests.factories import MicroCredentialFactory, SkillFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import approve, draft, edit, latest_revision, submit
from workflows.models import Motion, Seat
from workflows.proposals.actions import remark
from workflows.proposals.redline import redline

pytestmark = pytest.mark.django_db
MOST = 40
FIELDS = ("summary", "audience", "competency", "rationale", "need_evidence", "objectives")


def build(root: Any, people: Any, size: int) -> Any:
    """A change before the committee, with a story that grows with `size`."""
    offering = MicroCredentialFactory(parent=root, author=people["editor"])
    publish(offering)
    edit(offering, people["editor"], rationale="Another draft.")
    last = latest_revision(offering)
    copied = {f.attname: getattr(last, f.attname) for f in last._meta.fields if f.name != "id"}
    Revision.objects.bulk_create(Revision(**copied) for _number in range(size))
    page, rows = draft(offering), max(2, size // 8)
    for name in FIELDS:
        setattr(page, name, f"Another {name}")
    page.outcomes.set([Outcome(code=f"LO{n}", statement=f"Do {n}.") for n in range(1, 1 + rows)])
    page.assessments.all()[0].outcome_codes = ", ".join(f"LO{n}" for n in range(1, 1 + rows))
    page.offering_skills.set(
        [OfferingSkill(skill=SkillFactory(name=f"{offering.pk}-{n}")) for n in range(rows)]
    )
    page.partners.set([Partner(name=f"Partner {n}", kind="employer") for n in range(rows)])
    page.save_revision(user=people["editor"])
    submit(offering, people["editor"])
    approve(offering, person("department"))
    for number in range(size // 10):
        remark(draft(offering), people["editor"], f"Remark {number}")
    return offering


def changed_rows(offering: Any) -> int:
    """Fields and rows of fields that the redline marks."""
    published = PublishedVersion.objects.head_of(offering.pk)
    before, after = published.approval.frozen_content, freeze(draft(offering)).content
    rows = redline(type(offering), before, after)
    return sum(line.status != "kept" for row in rows for line in row.lines)


def queries(client: Client, offering: Any) -> int:
    address = reverse("governance:proposal", args=[offering.pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def committee(root: Any) -> dict[str, Any]:
    """Thirty voting seats and a secretary."""
    if not Seat.objects.exists():
        for number in range(30):
            seat(person("committee", 20 + number), "voting" if number else "chair")
        seat(person("committee", 9), "secretary", "Secretary")
    return seat_committee()


def test_a_long_story_costs_no_more_than_a_short_one(
    root: Any, people: Any, client: Client, committee: dict[str, Any]
) -> None:
    short = build(root, people, 2)
    long = build(root, people, 200)
    asked = {}
    vote(open_vote(short), committee["chair"])
    vote_all(open_vote(long))
    assert Motion.objects.get(offering=short.pk, result__isnull=True).ballots.count() == 1
    assert Motion.objects.get(offering=long.pk, result__isnull=True).ballots.count() == 30
    for who in (people["department"], committee["secretary"], people["editor"]):
        client.force_login(who)
        asked[who.username] = (queries(client, short), queries(client, long))
    assert long.revisions.count() > 200
    assert changed_rows(long) >= 50 > changed_rows(short)
    for few, many in asked.values():
        assert many <= few, asked
        assert many <= MOST, asked
