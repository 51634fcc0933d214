"""Reading a proposal and deciding on it in the admin (laws 2 and 4 at the form too)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.models import Approval, PublishedVersion
from tests.committee import carry
from tests.factories import CourseFactory, MicroCredentialFactory, partner
from tests.proposals import agree, approve, edit, shown, submit
from workflows.models import Decision
from workflows.proposals.gates import release_gates

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(root: Any, people: Any) -> Any:
    """A micro-credential that the editor wrote and submitted."""
    offering = MicroCredentialFactory(
        parent=root, author=people["editor"], children={"partners": [partner()]}
    )
    submit(offering, people["editor"])
    return offering


def address(offering: Any) -> str:
    return reverse("governance:proposal", args=[offering.pk])


def by_people() -> list[str]:
    """Outcomes of the decisions that people took; gates pass by themselves."""
    decisions = Decision.objects.exclude(outcome="passed").order_by("pk")
    return list(decisions.values_list("outcome", flat=True))


def form(offering: Any, **values: str) -> dict[str, str]:
    return {"outcome": "approved", "comment": "", "content_hash": shown(offering), **values}


@pytest.mark.clause("MC-2")
def test_the_committee_reads_what_would_be_published_and_why(
    proposal: Any, people: Any, client: Client
) -> None:
    approve(proposal, people["department"])
    client.force_login(people["committee"])
    page = client.get(address(proposal)).content.decode()
    for words in (
        "Department review",
        "Committee approval",
        "Under decision",
        "Moves patients safely.",
        "Plan a safe transfer.",
        "Lakeshore Health",
        "Employers asked for it.",
        "Submitted by",
    ):
        assert words in page


def test_a_change_is_shown_word_by_word(root: Any, people: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, by=people["editor"], competency="Moves patients and equipment safely.")
    submit(offering, people["editor"])
    client.force_login(people["department"])
    page = client.get(address(offering)).content.decode()
    assert '<ins><span class="w-sr-only">added: </span>and equipment </ins>' in page
    assert "Changed" in page
    assert "Plan a safe transfer." not in page


def test_deciding_from_draft_to_public(proposal: Any, people: Any, client: Client) -> None:
    client.force_login(people["department"])
    said = client.post(address(proposal), form(proposal), follow=True)
    assert "goes on to its next stage" in said.content.decode()
    client.force_login(people["committee"])
    refused = client.post(address(proposal), form(proposal)).content.decode()
    assert "decides on it by a motion" in refused
    carry(proposal)
    assert PublishedVersion.objects.count() == 1


def test_what_the_department_approves_alone_is_published_at_once(
    root: Any, people: Any, client: Client
) -> None:
    course = CourseFactory(parent=root, author=people["editor"])
    submit(course, people["editor"])
    client.force_login(people["department"])
    said = client.post(address(course), form(course), follow=True)
    assert "Approved and published" in said.content.decode()


def test_those_who_may_not_decide_are_told_why(proposal: Any, people: Any, client: Client) -> None:
    for name, reason in (("editor", "Only members"), ("superuser", "Only members")):
        client.force_login(people[name])
        assert reason in client.get(address(proposal)).content.decode()
        assert reason in client.post(address(proposal), form(proposal)).content.decode()
    people["editor"].groups.add(*people["department"].groups.all())
    client.force_login(people["editor"])
    assert "recused" in client.post(address(proposal), form(proposal)).content.decode()
    assert not by_people()


def test_offices_read_what_was_submitted_and_no_earlier_draft(
    proposal: Any, root: Any, people: Any, client: Client
) -> None:
    draft = MicroCredentialFactory(parent=root)
    client.force_login(people["second_member"])
    assert client.get(address(proposal)).status_code == 200
    assert client.get(address(draft)).status_code == 302
    people["second_member"].groups.clear()
    assert client.get(address(proposal)).status_code == 302


def test_a_decision_on_what_was_read_before_a_change_is_refused(
    proposal: Any, people: Any, client: Client
) -> None:
    seen = form(proposal)
    edit(proposal, by=people["editor"], competency="Something else.")
    client.force_login(people["department"])
    answer = client.post(address(proposal), seen).content.decode()
    assert "has changed since you opened it" in answer
    assert not by_people()


def test_the_editor_is_offered_to_whom_it_opens(proposal: Any, people: Any, client: Client) -> None:
    for name, is_offered in (("editor", True), ("department", True), ("committee", False)):
        client.force_login(people[name])
        page = client.get(address(proposal)).content.decode()
        assert ("Open in the editor" in page) == is_offered, name


def test_an_approval_can_be_read_with_what_was_approved(
    proposal: Any, people: Any, client: Client
) -> None:
    approve(proposal, people["department"])
    carry(proposal, text="Well argued.")
    approval = Approval.objects.get()
    page_address = reverse("governance:approval", args=[approval.pk])
    client.force_login(people["editor"])
    assert page_address in client.get("/admin/credentials/approval/").content.decode()
    page = client.get(page_address).content.decode()
    for words in (approval.content_hash, "Committee", "Well argued.", "Plan a safe transfer."):
        assert words in page
    people["editor"].groups.clear()
    assert client.get(page_address).status_code == 302


def test_asking_for_changes_needs_words(proposal: Any, people: Any, client: Client) -> None:
    client.force_login(people["department"])
    answer = client.post(address(proposal), form(proposal, outcome="changes_requested"))
    assert "Say which changes" in answer.content.decode()
    client.post(address(proposal), form(proposal, outcome="changes_requested", comment="Fee?"))
    assert by_people() == ["changes_requested"]
    assert Decision.objects.get(outcome="changes_requested").comment == "Fee?"


def test_the_editor_is_locked_while_under_decision(
    proposal: Any, people: Any, client: Client
) -> None:
    for name, way in (
        ("editor", "See where it stands"),
        ("department", "Review and decide"),
        ("superuser", "See where it stands"),
    ):
        client.force_login(people[name])
        page = client.get(reverse("wagtailadmin_pages:edit", args=[proposal.pk])).content.decode()
        assert "cannot be edited while it is under decision" in page
        assert way in page, name


def test_a_decider_reads_what_the_policy_asks_and_cannot_approve_before_it_is_met(
    root: Any, people: Any, client: Client
) -> None:
    offering = MicroCredentialFactory(parent=root, author=people["editor"], agreed=False)
    submit(offering, people["editor"])
    client.force_login(people["department"])
    page = client.get(address(offering)).content.decode()
    assert "What the policy asks" in page
    assert "MC-6" in page and "AD-1" in page
    answer = client.post(address(offering), form(offering)).content.decode()
    assert "passes by itself" in answer
    assert not by_people()

    agree(offering)
    release_gates(offering.pk)
    client.post(address(offering), form(offering))
    assert [d.outcome for d in Decision.objects.order_by("pk")] == ["passed", "approved"]


def test_changes_can_be_asked_for_whatever_the_policy_still_asks(
    root: Any, people: Any, client: Client
) -> None:
    offering = CourseFactory(parent=root, author=people["editor"], agreed=False)
    submit(offering, people["editor"])
    client.force_login(people["department"])
    answer = form(offering, outcome="changes_requested", comment="Settle the duties first.")
    client.post(address(offering), answer)
    assert by_people() == ["changes_requested"]
