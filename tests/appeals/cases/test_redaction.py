"""A redacted copy names nobody that the case knows, in whatever way it is written (law 6)."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from appeals.acts import keeping, responding
from appeals.choices import Stage
from appeals.models import Case, CaseAccess, FirstInstanceDecider
from appeals.redaction import Redaction
from tests.appeals.making import make_case


def redaction(*words: str) -> Redaction:
    case = Case(
        appellant_name="Zoë Brontë-Smith", student_number="20451987", appellant_phone="555 0199"
    )
    return Redaction(case, [FirstInstanceDecider(name="Dr. Ignatius Firth")], ["Ann Ott"], words)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ZOE BRONTE-SMITH asked", "[appellant] asked"),
        ("Zoe\u0308's work", "[appellant]'s work"),
        ("Ms. Brontë-Smith and Dr Firth", "Ms. [appellant] and Dr [decision-maker]"),
        ("No. 20451987, zoe@home.example", "No. [removed], [removed]"),
        ("Call +1 (416) 555-0199 today", "Call [removed] today"),
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
    responding.receive_response(staff["office"], case, "Ms. Unmistakable was told on the lake.")
    keeping.note(staff["office"], case, "An internal note")
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
