"""Submission is refused with the findings that the panel shows, and nothing typed is lost."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from credentials.compliance.gates import (
    check_may_be_approved,
    check_may_submit,
    is_governed_change,
    report_on,
)
from credentials.compliance.offering_reader import view_of
from credentials.exceptions import PolicyNotMet
from credentials.models import AcademicUnit, Component, MicroCredential, Prerequisite
from tests.credentials.editor_form import form_of
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import draft, edit, stage_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, people: Any) -> Client:
    client.force_login(people["editor"])
    return client


def submit(client: Client, offering: Any, **changes: Any) -> Any:
    data = form_of(client, offering) | changes | {"action-submit": "on"}
    return client.post(reverse("wagtailadmin_pages:edit", args=[offering.pk]), data)


def is_submitted(offering: Any) -> bool:
    return bool(MicroCredential.objects.get(pk=offering.pk).workflow_in_progress)


def test_what_meets_the_policy_is_submitted(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    response = submit(editor, offering)
    assert response.status_code == 302
    assert is_submitted(offering)


@pytest.mark.clause("PA-1")
def test_an_empty_section_is_refused_on_its_field_and_what_was_typed_stays(
    editor: Client, root: Page
) -> None:
    offering = MicroCredentialFactory(parent=root)
    response = submit(editor, offering, objectives="", rationale="Typed just now.")
    assert not is_submitted(offering)
    form = response.context["form"]
    assert form.errors["objectives"] == [
        "PA-1: Fill in “objectives”: the policy asks for it.",
    ]
    page = response.content.decode()
    assert "Typed just now." in page
    assert "policy asks for one more thing" in page
    assert 'data-findings-field="objectives"' in page


@pytest.mark.clause("PA-6")
def test_an_unknown_outcome_is_refused_on_its_row(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    response = submit(editor, offering, **{"assessments-0-outcome_codes": "LO1, LO2, LO9"})
    assert not is_submitted(offering)
    form = response.context["form"]
    row = form.formsets["assessments"].forms[0]
    assert "LO9" in row.errors["outcome_codes"][0]
    assert any("LO9" in error for error in form.non_field_errors())


@pytest.mark.clause("MC-4")
def test_multiple_choice_alone_is_refused(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    response = submit(editor, offering, **{"assessments-0-kind": "multiple_choice"})
    assert not is_submitted(offering)
    assert any("MC-4" in error for error in response.context["form"].non_field_errors())


@pytest.mark.clause("DEF-10")
def test_an_unpublished_part_is_refused_on_its_row(editor: Client, root: Page) -> None:
    part = MicroCredentialFactory(parent=root, title="Unfinished")
    offering = MicroCredentialFactory(parent=root)
    row = {"part": part.pk, "required": "on", "group": "", "id": "", "ORDER": "1"}
    rows = {f"components-0-{name}": value for name, value in row.items()}
    response = submit(
        editor, offering, stacking_approach="horizontal", **rows, **{"components-TOTAL_FORMS": "1"}
    )
    assert not is_submitted(offering)
    errors = response.context["form"].formsets["components"].forms[0].errors
    assert "Unfinished" in errors["part"][0]


def test_an_incomplete_form_is_told_what_the_policy_asks_as_well(
    editor: Client, root: Page
) -> None:
    offering = MicroCredentialFactory(parent=root)
    response = submit(editor, offering, competency="", objectives="")
    form = response.context["form"]
    assert not is_submitted(offering)
    assert "PA-1" in form.errors["objectives"][0]
    assert "MC-4" in form.errors["competency"][0]


def test_refused_and_shown_findings_are_the_same(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    edit(offering, objectives="", stakeholders="", association_basis="")
    shown = {f.sentence for f in report_on(draft(offering)).blocks_submission}
    form = submit(editor, offering).context["form"]
    said = " ".join(error for errors in form.errors.values() for error in errors)
    assert len(shown) >= 3
    assert all(sentence in said for sentence in shown)


def test_an_earlier_draft_is_refused_as_well(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    earlier = offering.get_latest_revision()
    data = form_of(editor, offering) | {"objectives": "", "action-submit": "on"}
    edit(offering, stakeholders="Residents and staff.")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[offering.pk, earlier.pk])
    assert 'data-side-panel="findings"' in editor.get(address).content.decode()
    response = editor.post(address, data)
    assert not is_submitted(offering)
    assert "PA-1" in response.context["form"].errors["objectives"][0]


def test_a_draft_is_saved_whatever_it_lacks(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    data = form_of(editor, offering) | {"objectives": "", "competency": ""}
    address = reverse("wagtailadmin_pages:edit", args=[offering.pk])
    assert editor.post(address, data).status_code == 302
    assert draft(offering).objectives == ""


def test_no_offering_is_created_by_a_refused_submission(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    data = form_of(editor, offering) | {"slug": "another", "objectives": ""}
    data = {name: value for name, value in data.items() if not name.endswith("-id")}
    data |= {name: "0" for name in data if name.endswith("-INITIAL_FORMS")}
    address = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    response = editor.post(address, data | {"action-submit": "on"})
    if response.status_code == 200:
        assert "objectives" in response.context["form"].errors
    assert not MicroCredential.objects.filter(
        slug="another", _workflow_states__isnull=False
    ).exists()


class TestGates:
    def test_name_clause_and_remedy(self, root: Page) -> None:
        offering = MicroCredentialFactory(parent=root, agreed=False)
        edit(offering, objectives="")
        with pytest.raises(PolicyNotMet, match="PA-1: Fill in “objectives”") as refused:
            check_may_submit(draft(offering))
        assert refused.value.report.blocks_submission

    @pytest.mark.clause("MC-6")
    def test_an_agreement_is_asked_for_before_approval_not_before_submission(
        self, root: Page
    ) -> None:
        offering = MicroCredentialFactory(parent=root, agreed=False)
        check_may_submit(draft(offering))
        with pytest.raises(PolicyNotMet, match="MC-6"):
            check_may_be_approved(draft(offering))

    def test_an_editorial_change_is_never_held_up(self, root: Page) -> None:
        offering = MicroCredentialFactory(parent=root, life="live")
        edit(offering, fee=500, objectives="")
        changed = draft(offering)
        assert not is_governed_change(changed)
        check_may_submit(changed)
        check_may_be_approved(changed)

    def test_a_governed_change_is(self, root: Page) -> None:
        offering = MicroCredentialFactory(parent=root, life="live")
        edit(offering, competency="Another.", objectives="")
        with pytest.raises(PolicyNotMet):
            check_may_submit(draft(offering))


class TestWhatADraftNamesWasDeleted:
    """The draft opens without it, and is judged without it."""

    def test_an_academic_unit(self, editor: Client, root: Page) -> None:
        offering = MicroCredentialFactory(parent=root)
        unit = AcademicUnit.objects.create(code="closed", name="Faculty of Closed Things")
        edit(offering, academic_unit=unit)
        unit.delete()
        address = reverse("wagtailadmin_pages:edit", args=[offering.pk])
        assert editor.get(address).status_code == 200
        assert draft(offering).academic_unit is None

    @pytest.mark.clause("DEF-12")
    def test_a_part_and_a_prerequisite(self, editor: Client, root: Page) -> None:
        offering = MicroCredentialFactory(parent=root)
        gone = MicroCredentialFactory(parent=root, agreed=False)
        kept = MicroCredentialFactory(parent=root, life="live")
        page = draft(offering)
        page.stacking_approach = "vertical"
        page.components.set([Component(part=gone), Component(part=kept)])
        page.prerequisites.set([Prerequisite(requires=gone)])
        page.save_revision()
        gone.delete()
        address = reverse("wagtailadmin_pages:edit", args=[offering.pk])
        assert editor.get(address).status_code == 200
        assert [item.part_id for item in draft(offering).components.all()] == [kept.pk]
        assert view_of(draft(offering)).prerequisites == ()


def test_without_a_policy_in_force_a_decision_is_refused_not_broken(
    editor: Client, root: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    state = stage_state(offering)
    editor.force_login(person(state.task.specific.office))
    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2000, 1, 1))
    action = reverse("wagtailadmin_pages:workflow_action", args=[offering.pk, "approve", state.pk])
    assert editor.post(action, {"comment": ""}).status_code == 302
    proposal = reverse("governance:proposal", args=[offering.pk])
    assert editor.get(proposal).status_code == 302
    assert stage_state(offering) == state
