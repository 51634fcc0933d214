"""The public flag follows the ministry's approval alone, through the ledger (laws 1 to 3, 7)."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.catalogue.reconstruction import discrepancies, rebuild
from credentials.compliance.policies import label_in_force
from credentials.exceptions import NotApproved
from credentials.models import Approval, CatalogueEntry, OsapRecord, PublishedVersion
from credentials.osap.clock import Done, lapse_osap
from credentials.osap.transitions import Paper, approve, decline, submit
from credentials.people.actors import actor_of
from credentials.record.content import canonical
from credentials.record.ledger import LedgerHead
from credentials.record.publication import announce_osap
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import settle
from tests.on_record import revise_as_is
from tests.osap import approve_osap, osap_record
from tests.people import person
from workflows.models import RetirementRequest
from workflows.proposals.retirement import request_retirement

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-5")]
LETTER = Paper("OSAP-2026-118", "INTERNAL-note")


def head(offering: Any) -> PublishedVersion:
    found = PublishedVersion.objects.head_of(offering.pk)
    assert found is not None
    return found


def flag(offering: Any) -> bool:
    return bool(head(offering).public_document["osap_eligible"])


def recorded(offering: Any, **facts: Any) -> Approval:
    """An approval of OSAP for what is published, written past the operations."""
    version = head(offering)
    frozen = replace(version.as_published, canonical="{}")
    values = {
        "policy_version": label_in_force(),
        "action": Approval.Action.OSAP,
        "authority": "Ministry",
        "instrument": "MC-5",
        "route": "osap",
        "clauses": ["MC-5"],
        **facts,
    }
    made: Approval = Approval.objects.all().record(
        offering, frozen, actor_of(person("department")), **values
    )
    return made


def append(approval: Approval, **changes: Any) -> None:
    """Insert a version on an approval, as code that goes round the operations might."""
    version = head(approval.offering)
    facts = {
        "offering_id": version.offering_id,
        "number": version.number + 1,
        "event": "revised",
        "supersedes": version,
        "content_hash": version.content_hash,
        "governed_hash": version.governed_hash,
        "document": version.document,
        "document_hash": version.document_hash,
        "hash_rules": version.hash_rules,
        "osap_approved": True,
        **changes,
    }
    with transaction.atomic():
        sequence = LedgerHead.advance().sequence
        PublishedVersion.objects.create(sequence=sequence, approval=approval, **facts)


def with_document(offering: Any, **changes: Any) -> str:
    return canonical({**head(offering).public_document, **changes}).decode()


def test_asking_for_it_says_nothing_to_the_public(record: OsapRecord, department: Any) -> None:
    assert flag(record.offering) is False
    submit(record, department)
    assert flag(record.offering) is False
    assert PublishedVersion.objects.count() == 1


def test_the_ministrys_answer_is_a_version_of_the_same_content(
    record: OsapRecord, department: Any
) -> None:
    before = head(record.offering)
    submit(record, department)
    approve(record, department, LETTER)
    after = head(record.offering)
    assert (after.number, after.event, flag(record.offering)) == (2, "revised", True)
    assert (after.content_hash, after.approval.content) == (
        before.content_hash,
        before.approval.content,
    )
    assert after.approval.action == "osap"
    assert "Ministry" in after.approval.authority
    decline(record, department, LETTER)
    assert flag(record.offering) is False
    assert PublishedVersion.objects.count() == 3
    assert list(discrepancies()) == []
    rebuild()
    assert list(discrepancies()) == []


def test_the_feed_tells_it_and_the_past_can_be_asked_for(
    record: OsapRecord, department: Any, client: Client
) -> None:
    submit(record, department)
    since = client.get(reverse("catalogue_api:changes")).json()["next_cursor"]
    approve(record, department, LETTER)
    changes = client.get(reverse("catalogue_api:changes"), {"since": since}).json()["items"]
    assert [change["event"] for change in changes] == ["revised"]
    listed = client.get(reverse("catalogue_api:offerings"), {"osap": "true"}).json()
    assert [item["title"] for item in listed["items"]] == ["Safe transfers"]
    slug = record.offering.slug
    difference = client.get(reverse("catalogue_api:diff", args=[slug, 1, 2])).json()["changes"]
    assert {"field": "osap_eligible", "before": False, "after": True} in difference
    first = client.get(reverse("catalogue_api:version", args=[slug, 1])).json()
    assert first["osap_eligible"] is False
    for name in ("offering", "versions"):
        text = client.get(reverse(f"catalogue_api:{name}", args=[slug])).content.decode()
        for internal in ("OSAP-2026-118", "INTERNAL-note", "51.3901", "33102"):
            assert internal not in text


def test_a_later_publication_keeps_what_the_ministry_said(offering: Any) -> None:
    approve_osap(offering)
    revise_as_is(offering, summary="Learn to move people safely.")
    assert flag(offering) is True
    assert head(offering).approval.action == "publish"


def test_an_approval_that_waits_is_not_voided_by_the_ministry(
    record: OsapRecord, department: Any
) -> None:
    offering = record.offering.specific
    before = head(offering)
    submit(record, department)
    approve(record, department, LETTER)
    assert set(head(offering).and_before_osap()) == {before.pk, head(offering).pk}
    revise_as_is(offering, fee="510.00")
    assert head(offering).and_before_osap() == [head(offering).pk]


def test_the_end_of_the_year_is_told_once(record: OsapRecord, department: Any) -> None:
    submit(record, department)
    approve(record, department, LETTER)
    year = record.year.academic_year
    assert lapse_osap(year.last_day).lapsed == 0
    assert flag(record.offering) is True
    assert [lapse_osap(year.following.first_day).lapsed for _run in range(2)] == [1, 0]
    assert flag(record.offering) is False
    assert PublishedVersion.objects.count() == 3
    assert OsapRecord.objects.get(pk=record.pk).state == "lapsed"


def test_an_approval_for_the_coming_year_is_shown_when_it_begins(
    offering: Any, year: AcademicYear
) -> None:
    approve_osap(offering, year=year.following)
    lapse_osap(timezone.localdate())
    assert flag(offering) is False
    lapse_osap(year.following.first_day + datetime.timedelta(days=3))
    assert flag(offering) is True


def test_what_stands_for_both_years_is_not_told_anew(offering: Any, year: AcademicYear) -> None:
    approve_osap(offering)
    lapse_osap(timezone.localdate())
    approve_osap(offering, year=year.following)
    versions = PublishedVersion.objects.count()
    assert lapse_osap(year.following.first_day) == Done(lapsed=1)
    assert PublishedVersion.objects.count() == versions


def test_declined_stays_declined(record: OsapRecord, department: Any, year: AcademicYear) -> None:
    submit(record, department)
    decline(record, department, LETTER)
    assert lapse_osap(year.following.first_day) == Done()


def _retire(offering: Any, action: str) -> None:
    request: RetirementRequest = request_retirement(
        offering, person("department"), action=action, note="It ends.", reason="No demand."
    )
    settle(request)


def test_a_retired_offering_stays_retired_and_a_withdrawn_one_gone(
    record: OsapRecord, department: Any, root: Any
) -> None:
    offering = record.offering.specific
    submit(record, department)
    _retire(offering, "retire")
    approve(record, department, LETTER)
    assert (head(offering).event, head(offering).note) == ("retired", "It ends.")
    assert flag(offering) is True
    with pytest.raises(DatabaseError, match=r"needs an approval|word for word"):
        append(recorded(offering), event="revised")
    other = MicroCredentialFactory(parent=root, weeks=6, osap_eligible=True, life="live")
    sent = osap_record(other, "submitted")
    _retire(other, "withdraw")
    versions = PublishedVersion.objects.count()
    approve(sent, department, LETTER)
    assert PublishedVersion.objects.count() == versions
    for event in ("revised", "retired", "withdrawn", "published"):
        with pytest.raises(DatabaseError, match=r"needs an approval|word for word"):
            append(recorded(other), event=event)


def test_a_request_to_retire_is_not_voided_by_the_ministry(
    record: OsapRecord, department: Any
) -> None:
    offering = record.offering.specific
    submit(record, department)
    request = request_retirement(
        offering, department, action="retire", note="It ends.", reason="No demand."
    )
    approve(record, department, LETTER)
    settle(request)
    assert (head(offering).event, flag(offering)) == ("retired", True)


def test_an_approval_of_osap_publishes_nothing_else(offering: Any, root: Any) -> None:
    stranger = CourseFactory(parent=root, life="live")
    attacks: list[dict[str, Any]] = [
        {"document": with_document(offering, title="Something else")},
        {"document": with_document(offering, osap_eligible=True, fee=None)},
        {"document": head(stranger).document},
        {"content_hash": "0" * 64},
        {"governed_hash": "0" * 64},
        {"supersedes": None},
        {"supersedes": head(stranger)},
        {"offering_id": stranger.pk},
        {"event": "retired"},
        {"event": "published"},
        {"note": "Something else"},
        {"teach_out": datetime.date(2030, 1, 1)},
    ]
    for changes in attacks:
        with pytest.raises(DatabaseError, match=r"needs an approval|word for word"):
            append(recorded(offering), **changes)
    for action in (Approval.Action.RETIRE, Approval.Action.WITHDRAW):
        with pytest.raises(NotApproved):
            announce_osap(recorded(offering, action=action), is_approved=True)
    assert PublishedVersion.objects.filter(offering=offering).count() == 1


def test_an_approval_of_osap_admits_no_draft(offering: Any) -> None:
    approval = recorded(offering)
    page = type(offering).objects.get(pk=offering.pk)
    page.title = "Something else"
    with pytest.raises(NotApproved):
        page.save()
    announce_osap(approval, is_approved=True)
    with pytest.raises(NotApproved, match="Decide again"):
        announce_osap(approval, is_approved=False)


def test_a_value_that_looks_like_the_flag_is_not_taken_for_it(root: Any) -> None:
    offering = MicroCredentialFactory(
        parent=root, summary='Say "osap_eligible":true aloud.', weeks=6, life="live"
    )
    with pytest.raises(DatabaseError, match=r"needs an approval|word for word"):
        append(
            recorded(offering),
            document=with_document(offering, summary='Say "osap_eligible":false aloud.'),
        )


def test_entries_hold_the_flag_as_a_column(record: OsapRecord, department: Any) -> None:
    submit(record, department)
    approve(record, department, LETTER)
    entry = CatalogueEntry.objects.current().get(offering_pk=record.offering_id)
    assert entry.osap is True
    assert json.loads(entry.body)["approval"]["clauses"] == ["MC-5"]
