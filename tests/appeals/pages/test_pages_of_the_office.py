"""What the office sees: board, case, register and its export, the home panel (AP-1, AP-2)."""

import csv
import datetime
import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from appeals.acts import people as acting_people
from appeals.acts.act import acts_for
from appeals.acts.filing import as_first_decider
from appeals.admin.cases.acts import DOINGS
from appeals.cards import cards
from appeals.choices import Act, Outcome, Stage
from appeals.models import Case, Letter
from tests.appeals.making import NAME, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1"), pytest.mark.clause("AP-2")]

BOARD = "appeals_admin:board"
REGISTER = "appeals_case_modeladmin_index"


@pytest.fixture
def office(client: Client, staff: dict[str, Any]) -> Client:
    """The office, signed in."""
    client.force_login(staff["office"])
    return client


def test_every_act_but_filing_and_letters_has_a_page() -> None:
    assert set(DOINGS) == set(Act) - {Act.FILED, Act.LETTER_ISSUED}


def test_the_most_urgent_case_comes_first_and_overdue_ones_stand_apart(
    staff: dict[str, Any], office: Client, monkeypatch: Any
) -> None:
    slow, quick = make_case(staff, Stage.REVIEW), make_case(staff, Stage.COMPLETENESS)
    acting_people.assign(staff["office"], quick, staff["colleague"])
    now = timezone.now()
    assert [card.case.number for card in cards(Case.objects.all())] == [quick.number, slow.number]
    later = now + datetime.timedelta(days=14)
    first, second = cards(Case.objects.all(), later)
    assert (first.is_overdue, first.assignee, second.is_overdue) == (True, "Colleague", False)
    page = office.get(reverse(BOARD)).content.decode()
    assert "Worked by Colleague" in page
    assert "Colleague: 1" in page


def test_the_board_takes_as_many_queries_for_many_cases(
    staff: dict[str, Any], office: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        make_case(staff, Stage.REVIEW)
    with django_assert_max_num_queries(7):
        assert len(cards(Case.objects.all())) == 6


def test_the_case_says_how_its_deadline_is_counted(staff: dict[str, Any], office: Client) -> None:
    case = make_case(staff, Stage.RESPONSE)
    page = office.get(reverse("appeals_admin:case", args=[case.number])).content.decode()
    assert "10 working days" in page
    assert "working day 10" in page
    assert "weekend" in page
    assert "Appeal procedures 2023-11" in page


@pytest.mark.parametrize(
    "stage", [stage for stage in Stage if stage not in ("suspended", "closed")]
)
def test_what_can_be_done_now_is_offered_and_opens(
    stage: Stage, staff: dict[str, Any], client: Client
) -> None:
    case = make_case(staff, stage)
    for person in (staff["office"], staff["decider"]):
        client.force_login(person)
        page = client.get(reverse("appeals_admin:case", args=[case.number])).content.decode()
        for act in Act:
            address = reverse("appeals_admin:act", args=[case.number, act])
            # It was dismissed, and has no letter: nothing is to be followed up or closed yet.
            is_vain = act in (Act.CLOSED, Act.ACTION_COMPLETED)
            is_offered = act in acts_for(person, case) and act in DOINGS and not is_vain
            assert (f'href="{address}"' in page) is is_offered, act
            if is_offered:
                assert client.get(address).status_code == 200


def test_the_register_is_filtered_and_exported(staff: dict[str, Any], office: Client) -> None:
    case, other = make_case(staff, Stage.CONCLUDED), make_case(staff, Stage.REVIEW)
    page = office.get(reverse(REGISTER), {"outcome": Outcome.DISMISSED}).content.decode()
    assert case.number in page
    assert other.number not in page
    page = office.get(reverse(REGISTER), {"stage": "review"}).content.decode()
    assert case.number not in page
    assert other.number in page
    found = office.get(reverse(REGISTER), {"export": "csv"})
    body = b"".join(found.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 3
    assert {case.number, NAME, "Dismissed"} <= set(rows[2])
    assert rows[0][0] == "Number"
    found = office.get(reverse(REGISTER), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(found.streaming_content)))
    assert book.active.max_row == 3


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_an_appellant_wrote_is_no_formula_in_the_offices_spreadsheet(
    extension: str, staff: dict[str, Any], office: Client
) -> None:
    make_case(staff, appellant_name="=HYPERLINK(evil)", offering_title="+1")
    found = office.get(reverse(REGISTER), {"export": extension})
    body = b"".join(found.streaming_content)
    if extension == "csv":
        cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
    else:
        sheet = load_workbook(io.BytesIO(body)).active
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+"))]


def test_the_office_files_for_somebody(staff: dict[str, Any], office: Client) -> None:
    today = timezone.localdate()
    given = {
        "appellant_name": NAME,
        "appellant_email": "w@learners.example",
        "language": "fr",
        "offering_title": "Data for Nurses",
        "decision": "A grade",
        "respondent_name": "Ignatius",
        "respondent_email": "ignatius@deciders.example",
        "decided_on": (today - datetime.timedelta(days=90)).isoformat(),
        "grounds": "new-evidence",
        "statement": "S",
    }
    address = reverse("appeals_admin:file")
    page = office.post(address, given).content.decode()
    assert "Say why the appeal is late" in page
    assert not Case.objects.exists()
    office.post(address, {**given, "late_reason": "In hospital"})
    case = Case.objects.get()
    assert (case.is_late, case.stage, case.language) == (True, Stage.LATE, "fr")
    assert case.first_deciders.get().is_respondent


def test_a_decision_is_taken_by_its_form(staff: dict[str, Any], client: Client) -> None:
    case = make_case(staff, Stage.DECISION)
    client.force_login(staff["decider"])
    address = reverse("appeals_admin:act", args=[case.number, "decide"])
    assert (
        "What follows" in client.post(address, {"outcome": "upheld", "text": "r"}).content.decode()
    )
    client.post(address, {"outcome": "upheld", "text": "r", "action": "Assess again"})
    assert case.events.order_by("number").last().data == {
        "action": "Assess again",
        "action_due": "",
    }
    page = client.get(reverse("appeals_admin:case", args=[case.number])).content.decode()
    assert "Assess again" in page


def test_a_letter_is_drawn_up_in_the_cases_language_and_kept_as_issued(
    staff: dict[str, Any], office: Client
) -> None:
    case = make_case(staff, Stage.CONCLUDED, language="fr")
    address = reverse("appeals_admin:issue_letter", args=[case.number])
    form = office.get(address).context["form"]
    assert form.initial["body"].startswith(f"Bonjour {NAME}")
    assert "No ground is shown." in form.initial["body"]
    refused = office.post(address, {"subject": "S", "body": "Bonjour {appellant}"})
    assert "{appellant} was left" in refused.content.decode()
    office.post(address, form.initial)
    letter = Letter.objects.get()
    assert letter.body == form.initial["body"].strip()
    shown = office.get(reverse("appeals_admin:letter", args=[case.number, 1])).content.decode()
    assert 'lang="fr"' in shown
    pdf = office.get(reverse("appeals_admin:letter_pdf", args=[case.number, 1]))
    with pikepdf.open(io.BytesIO(pdf.content)) as file:
        assert file.Root.Lang == "fr-CA"
        assert file.Root.MarkInfo.Marked
    assert pdf["Content-Disposition"] == f'attachment; filename="{case.number}-1.pdf"'


def test_the_home_page_says_so_when_nothing_is_near_its_limit(
    staff: dict[str, Any], people: dict[str, Any], office: Client
) -> None:
    assert "No appeal is open." in office.get("/admin/").content.decode()
    case = make_case(staff, Stage.COMPLETENESS)
    page = office.get("/admin/").content.decode()
    assert "No appeal is near its limit; 1 is open." in page
    assert f'href="{reverse(BOARD)}"' in page
    assert case.number not in page
    make_case(staff, Stage.REVIEW)
    assert "No appeal is near its limit; 2 are open." in office.get("/admin/").content.decode()
    # Whoever took the decision does not learn from a number that there is one more.
    make_case(staff, Stage.REVIEW, first_deciders=[as_first_decider(staff["colleague"])])
    office.force_login(staff["colleague"])
    assert "2 are open." in office.get("/admin/").content.decode()
    for other in (people["superuser"], staff["delegate"]):
        office.force_login(other)
        assert "appeals-near-limit" not in office.get("/admin/").content.decode()


def test_the_home_page_shows_what_is_near_its_limit_by_number(
    staff: dict[str, Any], office: Client, monkeypatch: Any
) -> None:
    case = make_case(staff, Stage.COMPLETENESS)
    monkeypatch.setattr("appeals.cards.SOON", datetime.timedelta(days=10))
    page = office.get("/admin/").content.decode()
    assert "Appeals near their limit" in page
    assert case.number in page
    assert NAME not in page
    office.force_login(staff["delegate"])
    assert "Appeals near their limit" not in office.get("/admin/").content.decode()
