"""Nothing of a case stands where others look: search, references, logs, mail, errors (law 6)."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client
from django.urls import reverse
from simple_history.models import registered_models
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex
from wagtail.search.index import Indexed

from appeals.acts import additions, decisions, endings
from appeals.acts.filing import FirstDecider
from appeals.acts.letters import issue
from appeals.choices import Outcome, Stage
from appeals.letters.composition import draw_up
from appeals.models import Case, CaseDocument
from appeals.models.documents import private_storage
from appeals.rules.letter_text import LetterKind
from appeals.uploads.checked import CheckedFile
from tests.appeals.making import EMAIL, NAME, STATEMENT, make_case
from tests.factories import CourseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

SECRETS = (NAME, "Wilhelmina", STATEMENT, "zyzzyva", "Ignatius", "hush-hush")
PROCEDURES = {
    "procedure",
    "procedureadoption",
    "ground",
    "procedurestep",
    "lettertemplate",
    "universityclosure",
}


def of_cases() -> list[type[models.Model]]:
    """The models that hold anything of a case."""
    found = apps.get_app_config("appeals").get_models()
    return [m for m in found if m._meta.model_name.removeprefix("historical") not in PROCEDURES]


@pytest.fixture
def worked(
    root: Any, staff: dict[str, Any], client: Client, django_capture_on_commit_callbacks: Any
) -> Case:
    """A case about an offering, worked to its end with secrets in every text, and its mail sent."""
    offering = CourseFactory(parent=root, life="published")
    with django_capture_on_commit_callbacks(execute=True):
        case = make_case(staff, Stage.DECISION, offering=offering)
        office = staff["office"]
        additions.note(office, case, "hush-hush")
        file = CheckedFile(
            "hush-hush",
            "hush-hush.pdf",
            ContentFile(b"%PDF-", name="hush-hush.pdf"),
            "application/pdf",
            5,
            "0" * 64,
        )
        additions.add_document(office, case, file)
        ruling = decisions.Ruling(Outcome.DISMISSED, "hush-hush")
        decisions.decide(staff["decider"], case, ruling)
        drawn = draw_up(case, LetterKind.DISMISSED, list(case.events.order_by("number")))
        issue(office, case, LetterKind.DISMISSED, drawn.subject, drawn.body)
        endings.close(office, case)
    client.force_login(office)
    client.get(reverse("appeals_admin:case", args=[case.number]))
    return case


def test_mail_has_the_number_and_a_link_only(worked: Case, staff: dict[str, Any]) -> None:
    assert {address for message in mail.outbox for address in message.to} == {
        EMAIL,
        *(person.email for name, person in staff.items() if name != "delegate"),
    }
    for message in mail.outbox:
        assert worked.number in message.subject
        assert worked.number in message.body
        text = message.subject + message.body
        assert not any(secret in text for secret in SECRETS)
        assert worked.offering_title not in text
        assert not message.attachments


def test_no_index_of_references_knows_of_cases(worked: Case) -> None:
    assert all(
        getattr(m, "wagtail_reference_index_ignore", False)
        for m in of_cases()
        if (m._meta.model_name != "casecounter")
    )
    labels = {m._meta.label_lower for m in of_cases()}
    for row in ReferenceIndex.objects.select_related("base_content_type", "to_content_type"):
        assert row.base_content_type.app_label != "appeals" or (
            f"appeals.{row.base_content_type.model}" not in labels
        )


def test_cases_are_in_no_search_index_and_have_no_history_that_changes() -> None:
    for model in of_cases():
        assert not issubclass(model, Indexed)
        assert model not in registered_models.values()
        assert not hasattr(model, "history")


def test_wagtails_own_log_says_nothing_of_a_case(worked: Case) -> None:
    for model in (ModelLogEntry, PageLogEntry):
        for entry in model.objects.all():
            text = f"{entry.label} {entry.data}"
            assert worked.number not in text
            assert not any(secret in text for secret in SECRETS)


def test_the_admins_searches_do_not_find_it(
    worked: Case, people: dict[str, Any], client: Client
) -> None:
    client.force_login(people["superuser"])
    for name in ("wagtailadmin_pages:search", "wagtaildocs:index", "wagtailusers_users:index"):
        for words in (worked.number, "Wilhelmina", "zyzzyva"):
            found = client.get(reverse(name), {"q": words}).content.decode()
            assert STATEMENT not in found
            assert f"/cases/{worked.number}" not in found


def test_the_offering_does_not_tell_that_it_is_appealed(
    worked: Case, people: dict[str, Any], client: Client
) -> None:
    for person in (people["editor"], people["department"], people["superuser"]):
        client.force_login(person)
        page = worked.offering
        addresses = [
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtailadmin_pages:usage", args=[page.pk]),
            reverse("wagtailadmin_pages:history", args=[page.pk]),
            reverse("wagtailadmin_pages:delete", args=[page.pk]),
            page.url,
            "/api/v1/offerings",
        ]
        for address in addresses:
            found = client.get(address, follow=True).content.decode()
            assert worked.number not in found, address
            assert not any(secret in found for secret in SECRETS), address


def test_no_permission_over_cases_can_be_had_by_a_group(
    worked: Case, people: dict[str, Any], client: Client
) -> None:
    editor = people["editor"]
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="appeals"))
    client.force_login(editor)
    assert client.get(reverse("appeals_admin:case", args=[worked.number])).status_code == 404
    assert client.get(reverse("appeals_case_modeladmin_index")).status_code == 404


def test_documents_lie_outside_the_media_under_a_name_that_says_nothing(worked: Case) -> None:
    document = CaseDocument.objects.get()
    assert not default_storage.exists(document.file.name)
    assert "hush" not in document.file.name
    assert worked.number not in document.file.name
    assert private_storage().exists(document.file.name)
    with pytest.raises(ValueError, match="no address"):
        _ = document.file.url


def test_a_search_for_a_name_is_not_offered_for_it_would_stand_in_the_address(
    worked: Case, client: Client
) -> None:
    found = client.get(reverse("appeals_case_modeladmin_index"), {"q": "Wilhelmina"})
    assert worked.number not in found.content.decode()


def test_server_logs_name_nobody(
    staff: dict[str, Any], people: dict[str, Any], client: Client, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    case = make_case(staff, Stage.REVIEW, first_deciders=[FirstDecider("Ignatius")])
    client.force_login(staff["office"])
    client.get(reverse("appeals_admin:case", args=[case.number]))
    client.post(reverse("appeals_admin:act", args=[case.number, "note"]), {"text": "hush-hush"})
    client.force_login(people["department"])
    client.get(reverse("appeals_admin:case", args=[case.number]))
    logged = "\n".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert not any(secret in logged for secret in SECRETS)


def test_an_error_page_says_nothing(
    staff: dict[str, Any], client: Client, monkeypatch: Any, caplog: Any
) -> None:
    case = make_case(staff)

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("appeals.acts.additions.required", breaks)
    client.force_login(staff["office"])
    client.raise_request_exception = False
    address = reverse("appeals_admin:act", args=[case.number, "note"])
    response = client.post(address, {"text": "hush-hush"})
    assert response.status_code == 500
    for found in (response.content.decode(), caplog.text):
        assert not any(secret in found for secret in SECRETS)
