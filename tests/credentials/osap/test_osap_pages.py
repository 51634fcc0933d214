"""The Department's pages of OSAP records; nobody else sees or changes anything (MC-5)."""

import io
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from credentials.models import OsapRecord
from credentials.osap.transitions import Paper, approve, submit
from tests.factories import MicroCredentialFactory
from tests.on_record import revise_as_is
from tests.osap import osap_record
from tests.people import person
from tests.proposals import edit
from tests.proposals import submit as submit_draft

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-5")]
FIGURES = {
    "weeks": 6,
    "hours": "24",
    "delivery": ["online"],
    "tuition": "495",
    "cip": "51.3902",
    "noc_1": "33102",
    "noc_2": "33103",
    "noc_3": "44101",
}


@pytest.fixture
def at_work(client: Client, people: Any) -> Client:
    """The Department, signed in."""
    client.force_login(people["department"])
    return client


def text(response: Any) -> str:
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def own_pages(record: OsapRecord) -> list[str]:
    """Every address of OSAP in the admin."""
    one = {"args": [record.pk]}
    return [
        *(reverse(f"osap:{name}") for name in ("index", "index_results", "open", "submit_all")),
        reverse("osap:years"),
        reverse("osap:limits", args=[record.year_id]),
        reverse("osap:of_offering", args=[record.offering_id]),
        *(reverse(f"osap:{name}", **one) for name in ("record", "edit")),
        *(reverse(f"osap:{name}", **one) for name in ("take_figures", "carry_forward")),
        *(
            reverse("osap:act", args=[record.pk, act])
            for act in ("submitted", "approved", "declined", "reopened", "reported")
        ),
        *(f"{reverse('osap:index')}?export={kind}" for kind in ("csv", "xlsx")),
    ]


def test_nobody_outside_the_department_opens_or_posts_to_any_page(
    record: OsapRecord, people: Any, client: Client
) -> None:
    before = record.events.count()
    for role in ("editor", "committee", "superuser"):
        client.force_login(people[role])
        for address in own_pages(record):
            for response in (client.get(address), client.post(address, {**FIGURES, "year": "x"})):
                assert "Safe transfers" not in text(response), address
                assert response.status_code in (302, 403), address
    assert record.events.count() == before
    assert OsapRecord.objects.get(pk=record.pk).cip == "51.3901"


def test_nobody_outside_the_department_finds_it_elsewhere_in_the_admin(
    record: OsapRecord, people: Any, client: Client
) -> None:
    offering = record.offering
    for role in ("editor", "superuser"):
        client.force_login(people[role])
        for address in (
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:edit", args=[offering.pk]),
            reverse("wagtailadmin_pages:usage", args=[offering.pk]),
            reverse("wagtailadmin_pages:history", args=[offering.pk]),
            reverse("wagtailadmin_reports:site_history"),
            reverse("wagtailadmin_pages:search") + "?q=Safe",
            f"/admin/api/main/pages/{offering.pk}/",
        ):
            response = client.get(address)
            page = text(response)
            for internal in ("51.3901", "33102", "/osap/", "OSAP record"):
                assert internal not in page, f"{address} shows {internal}"


def test_no_chooser_search_area_or_index_of_references_knows_it(record: OsapRecord) -> None:
    models = [
        m for m in apps.get_app_config("credentials").get_models() if "osap" in m.__name__.lower()
    ]
    assert len(models) == 5
    for model in models:
        assert not ReferenceIndex.model_is_indexable(model)
        assert model not in get_snippet_models()
    areas = [register() for register in hooks.get_hooks("register_admin_search_area")]
    assert areas
    assert not any("osap" in str(area.url) for area in areas)


def test_the_public_and_its_apis_do_not_know_it(record: OsapRecord, client: Client) -> None:
    for address in ("/api/v3/pages/", "/api/v3/osap/", "/api/v1/osap", "/api/v1/openapi.json"):
        assert "51.3901" not in text(client.get(address))


def test_the_department_reaches_it_from_menu_home_and_offering(
    record: OsapRecord, at_work: Client
) -> None:
    home = text(at_work.get(reverse("wagtailadmin_home")))
    assert "OSAP to send" in home
    assert reverse("osap:record", args=[record.pk]) in home
    assert reverse("osap:index") in home
    editor = text(at_work.get(reverse("wagtailadmin_pages:edit", args=[record.offering_id])))
    way = reverse("osap:of_offering", args=[record.offering_id])
    assert way in editor
    assert at_work.get(way).url == reverse("osap:record", args=[record.pk])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"weeks": 12}, "12 weeks is too long for OSAP: it must be under 12 in"),
        ({"hours": "301"}, "301 hours does not fit OSAP: it must be 5 to 300 in"),
        ({"cip": "5139"}, "two digits, a point and four digits"),
        ({"noc_3": "33102"}, "stands above already"),
    ],
)
def test_the_form_refuses_with_limit_and_year(
    record: OsapRecord, at_work: Client, changes: dict[str, Any], sentence: str
) -> None:
    address = reverse("osap:edit", args=[record.pk])
    page = text(at_work.post(address, {**FIGURES, **changes}))
    assert sentence in page
    if "weeks" in changes:
        assert str(record.year) in page
    assert OsapRecord.objects.get(pk=record.pk).cip == "51.3901"


def test_a_fourth_noc_code_has_no_place(record: OsapRecord, at_work: Client) -> None:
    address = reverse("osap:edit", args=[record.pk])
    assert "noc_4" not in text(at_work.get(address))
    at_work.post(address, {**FIGURES, "noc_4": "99999"})
    assert OsapRecord.objects.get(pk=record.pk).nocs == ["33102", "33103", "44101"]


def test_a_record_goes_its_way_on_its_page(record: OsapRecord, at_work: Client) -> None:
    page = reverse("osap:record", args=[record.pk])
    at_work.post(reverse("osap:edit", args=[record.pk]), FIGURES)
    at_work.post(reverse("osap:act", args=[record.pk, "submitted"]), {"note": "Sent by portal."})
    refused = at_work.post(reverse("osap:act", args=[record.pk, "approved"]), {})
    assert refused.status_code == 200
    at_work.post(reverse("osap:act", args=[record.pk, "approved"]), {"reference": "MCU-77"})
    shown = text(at_work.get(page))
    for words in (
        "Approved by the ministry",
        "MCU-77",
        "Sent by portal.",
        "CIP 2021 code from – to 51.3902",
    ):
        assert words in shown
    at_work.post(reverse("osap:carry_forward", args=[record.pk]))
    following = OsapRecord.objects.get(year__begins_in=record.year.begins_in + 1)
    assert (following.cip, following.state) == ("51.3902", "to_prepare")


def test_several_are_marked_after_a_page_that_asks(
    record: OsapRecord, root: Any, at_work: Client
) -> None:
    other = osap_record(MicroCredentialFactory(parent=root, title="First aid", weeks=3))
    chosen = {"record": [record.pk, other.pk]}
    asked = text(at_work.get(reverse("osap:submit_all"), chosen))
    assert "All are marked, or none" in asked
    assert record.state == "to_prepare"
    at_work.post(reverse("osap:submit_all"), {**chosen, "reference": "Batch 3"})
    sent = OsapRecord.objects.in_state("submitted").values_list("pk", flat=True)
    assert set(sent) == {record.pk, other.pk}
    for nothing in (chosen, {"record": ["9" * 20, "²"]}):
        assert at_work.get(reverse("osap:submit_all"), nothing).status_code == 302


def test_the_register_is_filtered_and_exported_as_the_ministry_asks(
    record: OsapRecord, root: Any, at_work: Client
) -> None:
    other = MicroCredentialFactory(parent=root, title="=First aid", weeks=3)
    osap_record(other, "submitted", "approved")
    listed = text(at_work.get(reverse("osap:index"), {"standing": "approved"}))
    assert "First aid" in listed
    assert "Safe transfers" not in listed
    chosen = {"standing": "approved", "year": record.year_id}
    table = text(at_work.get(reverse("osap:index"), {**chosen, "export": "csv"}))
    lines = table.strip().splitlines()
    assert len(lines) == 2
    for words in ("Lakeshore University", "'=First aid", "51.3901", "33102", "Online", "495.00"):
        assert words in lines[1]
    assert f"/api/v1/offerings/{other.uuid}/page" in lines[1]
    file = at_work.get(reverse("osap:index"), {**chosen, "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    assert [cell.value for cell in sheet[1]][2:4] == ["Title", "CIP 2021 code"]
    assert sheet.max_row == 2


def test_an_empty_register_says_what_brings_a_record(root: Any, at_work: Client) -> None:
    assert "One is opened when a micro-credential" in text(at_work.get(reverse("osap:index")))
    nothing = text(at_work.get(reverse("osap:index"), {"standing": "declined"}))
    assert "No record matches" in nothing


def test_a_long_register_asks_no_more_of_the_database(
    record: OsapRecord, root: Any, at_work: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        osap_record(MicroCredentialFactory(parent=root, title=f"Skill {number}", weeks=3))
    with django_assert_max_num_queries(20):
        at_work.get(reverse("osap:index"))


def test_limits_are_data_that_the_department_edits(record: OsapRecord, at_work: Client) -> None:
    address = reverse("osap:limits", args=[record.year_id])
    at_work.post(address, {"under_weeks": 5, "least_hours": 10, "most_hours": 200})
    shown = text(at_work.get(reverse("osap:record", args=[record.pk])))
    assert "6 weeks is too long for OSAP: it must be under 5" in shown


class TestDepartures:
    """A revision that departs from what was approved warns, and the flag waits (MC-5)."""

    @pytest.fixture
    def approved(self, record: OsapRecord, department: Any) -> OsapRecord:
        submit(record, department)
        approve(record, department, Paper("MCU-77"))
        return record

    def test_the_editor_warns_before_and_after_a_save_and_the_proposal_page_too(
        self, approved: OsapRecord, people: Any, client: Client
    ) -> None:
        client.force_login(people["editor"])
        address = reverse("wagtailadmin_pages:edit", args=[approved.offering_id])
        before = text(client.get(address))
        assert "A change of weeks, hours, delivery or fee departs from that" in before
        assert "instead of" not in before
        edit(approved.offering.specific, people["editor"], hours="60.0", weeks=7)
        after = text(client.get(address))
        assert "Hours of learning: 60 instead of 24" in after
        assert "MCU-77" not in after
        assert reverse("osap:record", args=[approved.pk]) not in after
        submit_draft(approved.offering.specific)
        client.force_login(people["department"])
        proposal = text(client.get(reverse("governance:proposal", args=[approved.offering_id])))
        assert "Length in weeks: 7 instead of 6" in proposal
        assert reverse("osap:record", args=[approved.pk]) in proposal

    def test_while_the_ministry_has_not_decided_editors_are_told_nothing(
        self, record: OsapRecord, people: Any, client: Client, department: Any
    ) -> None:
        submit(record, department)
        address = reverse("wagtailadmin_pages:edit", args=[record.offering_id])
        for role, is_told in (("editor", False), ("department", True)):
            client.force_login(people[role])
            assert ("The ministry was asked about" in text(client.get(address))) is is_told

    def test_the_flag_stays_and_the_record_is_to_report_until_it_is(
        self, approved: OsapRecord, at_work: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            revise_as_is(approved.offering.specific, hours="60.0")
        record = OsapRecord.objects.get(pk=approved.pk)
        assert record.is_to_report
        entry = approved.offering.versions.latest("number")
        assert entry.public_document["osap_eligible"] is True
        assert "Changes to report" in text(at_work.get(reverse("wagtailadmin_home")))
        at_work.post(reverse("osap:act", args=[record.pk, "reported"]), {"reference": "MCU-91"})
        record = OsapRecord.objects.get(pk=record.pk)
        assert (record.is_to_report, record.state, str(record.hours)) == (False, "approved", "60.0")
        assert record.events.first().reference == "MCU-91"
        assert person("department")


def test_the_timeline_tells_it_to_the_department_alone(
    record: OsapRecord, people: Any, client: Client, department: Any
) -> None:
    submit(record, department, Paper("Portal 5518"))
    address = reverse("governance:timeline", args=[record.offering_id])
    for role, is_told in (("department", True), ("editor", False), ("superuser", False)):
        client.force_login(people[role])
        page = text(client.get(address))
        assert ("Portal 5518" in page) is is_told
        assert ("Submitted to the ministry" in page) is is_told
