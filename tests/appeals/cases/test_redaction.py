"""A redacted copy names nobody that the case knows, in whatever way it is written (law 6)."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from appeals.acts import additions, contacts, response
from appeals.choices import Stage
from appeals.letters.redacted_copy import redacted_document
from appeals.models import Case, CaseAccess, FirstInstanceDecider
from appeals.retention.redaction import Redaction
from tests.appeals.making import make_case


def redaction(*words: str) -> Redaction:
    case = Case(
        appellant_name="Zoë Brontë-Smith",
        student_number="20451987",
        appellant_email="o'zoe@home.example",
        appellant_phone="5550199",
    )
    decider = FirstInstanceDecider(name="Dr. Ignatius Firth")
    return Redaction(case, [decider], ["Ann Ott"], words, contacts=["b'zoe@ho.example", "41677"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ZOE BRONTE-SMITH asked", "[appellant] asked"),
        ("Zoe\u0308's work", "[appellant]'s work"),
        ("Ms. Brontë-Smith and Dr Firth", "Ms. [appellant] and Dr [decision-maker]"),
        ("No. 20451987, zoe@home.example", "No. [removed], [removed]"),
        ("Call +1 (416) 555-0199 today", "Call [removed] today"),
        ("Both o'Zoe@home.example and b'zoe@ho.example", "Both [removed] and [removed]"),
        ("At 5550199, then at 41677.", "At [removed], then at [removed]."),
        ("Mail zoe.bronte@elsewhere.example", "Mail [removed]"),
        ("Ann Ott noted", "[staff] noted"),
        ("The zoetrope and an annual", "The zoetrope and an annual"),
        ("At Lake House", "At [removed]"),
    ],
)
def test_what_is_known_is_replaced_and_nothing_else(text: str, left: str) -> None:
    assert redaction("lake house").of(text) == left


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_around_a_name_keeps_it(before: str, after: str) -> None:
    found = redaction().of(f"{before} Brontë-Smith {after}")
    assert " Brontë-Smith " not in found


@pytest.mark.django_db
@pytest.mark.clause("AP-1")
def test_the_office_makes_a_copy_that_is_logged(staff: dict[str, Any], client: Client) -> None:
    case = make_case(staff, Stage.RESPONSE, statement="I, Wilhelmina, say that Ignatius erred.")
    response.receive_response(staff["office"], case, "Ms. Unmistakable was told on the lake.")
    additions.note(staff["office"], case, "An internal note")
    client.force_login(staff["office"])
    address = reverse("appeals_admin:copy", args=[case.number])
    page = client.post(address, {"words": "on the lake"}).content.decode()
    paper = page[page.index("<article") : page.index("</article>")]
    assert "I, [appellant], say that [decision-maker] erred." in paper
    assert "Ms. [appellant] was told [removed]." in paper
    for secret in ("Wilhelmina", "Unmistakable", "Ignatius", "internal note", case.number):
        assert secret not in paper
    pdf = client.post(address, {"words": "", "pdf": "1"})
    with pikepdf.open(io.BytesIO(pdf.content)) as file:
        assert "Wilhelmina" not in str(file.docinfo)
    assert CaseAccess.objects.filter(what="copy", case=case).count() == 2


@pytest.mark.django_db
@pytest.mark.clause("AP-1")
def test_an_address_that_was_corrected_is_struck_out_as_the_one_before(
    staff: dict[str, Any],
) -> None:
    said = "Write to wil.right@learners.example or 41677, not to wil@wrong.example or 41688."
    case = make_case(
        staff,
        Stage.RESPONSE,
        statement=said,
        appellant_email="wil@wrong.example",
        appellant_phone="41688",
    )
    contacts.correct_address(
        staff["office"], case, "wil.right@learners.example", "41677", "wil.right it is"
    )
    copy = str(redacted_document(case, []))
    assert "Write to [removed] or [removed], not to [removed] or [removed]." in copy
    assert "it is" not in copy
