"""Filing without an account: address, link, code, steps, check, acknowledgement (AP-1, AP-2)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appeals.choices import Channel, Part, Stage
from appeals.models import Case, DraftUpload, FilingDraft, PrivateLink
from tests.appeals.uploads.samples import PDF
from tests.appeals.visiting import (
    DAY,
    EMAIL,
    STATEMENT,
    Visitor,
    answers,
    last_link,
    letters_to,
    text,
    the_case,
)
from tests.factories import MicroCredentialFactory

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1"), pytest.mark.clause("AP-2")]


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody who has opened their link."""
    visitor.begin()
    visitor.open()
    return visitor


def test_from_address_to_acknowledgement(visitor: Visitor, staff: dict[str, Any]) -> None:
    visitor.begin()
    assert "Who you are" in text(visitor.open())
    visitor.fill(answers())
    file = SimpleUploadedFile("grade.pdf", PDF, "application/pdf")
    visitor.post("write/documents/", step="add", files=file, title="The message")
    check = text(visitor.get("write/check/"))
    for words in (STATEMENT, "Data for Nurses", "in time", "The message", "counts as the day"):
        assert words in check
    page = visitor.file()
    case = the_case()
    assert page.redirect_chain[-1][0] == "/appeals/filed/"
    assert case.number in text(page)
    assert STATEMENT in text(page)
    assert (case.stage, case.channel) == (Stage.COMPLETENESS, Channel.FORM)
    assert case.appellant_email == EMAIL
    assert case.grounds == ["procedural-irregularity"]
    document = case.documents.get()
    assert (document.title, document.part) == ("The message", Part.APPELLANT)
    assert document.file.read() == PDF
    assert not FilingDraft.objects.exists()
    assert not DraftUpload.objects.exists()


def test_the_mail_holds_number_and_link_and_nothing_else(writer: Visitor) -> None:
    writer.fill(answers())
    writer.file()
    letter = letters_to(EMAIL)[-1]
    assert the_case().number in letter.body
    assert the_case().number in letter.subject
    for words in (STATEMENT, "Unmistakable", "Nurses", "48"):
        assert words not in letter.body + letter.subject


def test_what_was_written_is_there_when_one_comes_back(writer: Visitor, stranger: Visitor) -> None:
    writer.post("write/statement/", step="later", statement=STATEMENT)
    elsewhere = Visitor(stranger.commits)
    elsewhere.open(writer.link)
    assert STATEMENT in text(elsewhere.get("write/statement/"))


def test_the_same_address_gets_a_new_link_to_the_same_appeal(writer: Visitor) -> None:
    writer.post("write/statement/", step="later", statement=STATEMENT)
    old = writer.link
    writer.begin()
    assert writer.link != old
    assert FilingDraft.objects.count() == 1
    writer.open()
    assert STATEMENT in text(writer.get("write/statement/"))


def test_what_will_not_do_is_kept_and_explained(writer: Visitor) -> None:
    tomorrow = (timezone.localdate() + DAY).isoformat()
    page = text(writer.post("write/decision/", step="next", decision="48", decided_on=tomorrow))
    assert "This day has not come yet" in page
    assert "Say which course or program" in page
    assert tomorrow in page
    assert FilingDraft.objects.get().answers["decision"] == "48"
    page = text(writer.post("write/decision/", step="next", decided_on="yesterday"))
    assert 'value="yesterday"' in page


def test_saving_as_it_goes_answers_without_a_page(writer: Visitor) -> None:
    response = writer.post("write/statement/", step="autosave", statement="Half a sent")
    assert response.status_code == 204
    assert FilingDraft.objects.get().answers["statement"] == "Half a sent"


def test_an_unfinished_appeal_is_not_filed(writer: Visitor) -> None:
    writer.fill({"you": answers()["you"]})
    check = text(writer.get("write/check/"))
    assert "Something is missing" in check
    assert "File the appeal" not in check
    writer.file()
    assert not Case.objects.exists()


def test_a_late_appeal_says_why_and_waits_for_the_extension_decision(writer: Visitor) -> None:
    long_ago = (timezone.localdate() - 90 * DAY).isoformat()
    writer.fill(answers(decided_on=long_ago, received_on=long_ago))
    check = text(writer.get("write/check/"))
    assert "Your appeal would be late" in check
    assert "counts as the day of receipt" in check
    refused = text(writer.file(late_reason=""))
    assert "Say why it is late" in refused
    assert not Case.objects.exists()
    writer.file(late_reason="I was in hospital.")
    case = the_case()
    assert (case.stage, case.late_reason) == (Stage.LATE, "I was in hospital.")


def test_the_hour_of_receipt_moves_the_deadline(writer: Visitor) -> None:
    days = {"decided_on": "2026-03-02", "received_on": "2026-03-02"}
    writer.fill(answers(**days))
    assert "March 16, 2026" in text(writer.get("write/check/"))
    given = answers(**days)["decision"] | {"received_time": "16:01"}
    writer.post("write/decision/", step="next", **given)
    assert "March 17, 2026" in text(writer.get("write/check/"))


def test_an_offering_of_the_catalogue_is_recognized(writer: Visitor, root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, title="Data for Nurses", life="published")
    assert "Data for Nurses" in text(writer.get("write/decision/"))
    writer.fill(answers(offering_title="data for nurses"))
    writer.file()
    case = the_case()
    assert case.offering_id == offering.pk
    assert case.offering_title == "Data for Nurses"


def test_a_filed_appeal_is_filed_once(writer: Visitor) -> None:
    writer.fill(answers())
    writer.file()
    again = writer.file()
    assert again.status_code == 404
    assert Case.objects.count() == 1
    assert not PrivateLink.objects.filter(purpose="filing").exists()


def test_the_acknowledgement_is_for_this_browser_only(writer: Visitor, stranger: Visitor) -> None:
    writer.fill(answers())
    writer.file()
    assert the_case().number in text(writer.client.get("/appeals/filed/"))
    assert stranger.client.get("/appeals/filed/").status_code == 404


def test_in_french(visitor: Visitor) -> None:
    visitor.client.cookies["django_language"] = "fr"
    visitor.begin()
    assert "Votre lien" in letters_to(EMAIL)[-1].subject
    assert "Qui vous êtes" in text(visitor.open())
    assert FilingDraft.objects.get().answers["language"] == "fr"
    visitor.fill(answers(language="fr"))
    page = text(visitor.file())
    assert "Votre appel est arrivé" in page
    assert the_case().language == "fr"


def test_a_link_leads_on_to_the_first_step_that_lacks_something(writer: Visitor) -> None:
    writer.fill({"you": answers()["you"]})
    home = writer.client.get(last_link(EMAIL))
    assert home["Location"].endswith("write/decision/")
