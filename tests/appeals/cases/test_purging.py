"""Purging: only what the database lets go, all of a case, and the figures stay (AP-2, law 3)."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from appeals.access.door import open_case
from appeals.acts import additions, contacts, endings
from appeals.acts.letters import issue
from appeals.choices import Looked, Purpose, Stage
from appeals.jobs import scheduled_jobs
from appeals.letters.composition import draw_up
from appeals.models import (
    Case,
    CaseAccess,
    CaseDocument,
    CaseStatistic,
    FilingDraft,
    PurgeCertificate,
    Retention,
)
from appeals.models.documents import private_storage
from appeals.retention import purge
from appeals.rules.letter_text import LetterKind
from appeals.uploads.checked import CheckedFile
from credentials.append_only.triggers import install_triggers, remove_triggers
from tests.appeals.making import NAME, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

DAY = datetime.timedelta(days=1)


def closed(staff: dict[str, Any]) -> Case:
    """A closed case with a document and a letter."""
    case = make_case(staff, Stage.CONCLUDED)
    office = staff["office"]
    file = CheckedFile("t", "n.pdf", ContentFile(b"x", name="x"), "application/pdf", 1, "0" * 64)
    additions.add_document(office, case, file)
    drawn = draw_up(case, LetterKind.DISMISSED, list(case.events.order_by("number")))
    issue(office, case, LetterKind.DISMISSED, drawn.subject, drawn.body)
    endings.close(office, case)
    open_case(office, case.number, Looked.CASE)
    return case


def test_a_case_whose_time_is_not_over_stays(staff: dict[str, Any]) -> None:
    case = closed(staff)
    assert purge.purge_due() == (0, 0)
    far = timezone.now() + datetime.timedelta(days=366 * 8)
    # Even a job with a wrong clock deletes nothing: the database knows the day itself.
    assert purge.purge_due(far) == (0, 1)
    with pytest.raises(DatabaseError):
        purge.purge(case)
    assert Case.objects.filter(pk=case.pk).exists()
    assert private_storage().exists(CaseDocument.objects.get().file.name)
    assert not PurgeCertificate.objects.exists()


def test_when_its_time_is_over_all_of_it_goes_and_the_figures_stay(staff: dict[str, Any]) -> None:
    case, other = closed(staff), closed(staff)
    figures = list(CaseStatistic.objects.order_by("pk").values())
    name = CaseDocument.objects.get(case=case).file.name
    _backdate(case)
    assert purge.purge_due() == (1, 0)
    assert purge.purge_due() == (0, 0)
    assert list(Case.objects.all()) == [other]
    assert not private_storage().exists(name)
    for model in (*purge.TABLES, Retention):
        rows = model._default_manager.all()
        assert rows.filter(case=other.pk).exists() or model.__name__ == "Delegation"
        assert not rows.filter(case=case.pk).exists()
    assert list(CaseStatistic.objects.order_by("pk").values()) == figures
    certificate = PurgeCertificate.objects.get()
    assert certificate.number == case.number
    assert certificate.rows["caseevent"] == 8
    assert certificate.files == 1
    assert NAME not in str(list(PurgeCertificate.objects.values()))


def test_a_corrected_address_goes_with_the_case(staff: dict[str, Any]) -> None:
    case = closed(staff)
    contacts.correct_address(staff["office"], case, "zyzzyva@learners.example", "41677", "r")
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, "r")
    _backdate(case)
    assert purge.purge_due() == (1, 0)
    for model in apps.get_app_config("appeals").get_models():
        assert "zyzzyva" not in str(list(model._default_manager.values())), model


def test_one_row_that_keeps_a_case_longer_is_enough(staff: dict[str, Any]) -> None:
    case = closed(staff)
    until = Retention.objects.get(case=case).retain_until
    _backdate(case)
    Retention.objects.create(
        case=case, retain_until=until + DAY, rule="Held for the court", by_name="n"
    )
    assert purge.purge_due() == (0, 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        purge.purge(case)


def test_looks_at_lists_stay(staff: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseAccess.objects.create(what=Looked.BOARD, by_name="n")
        CaseAccess.objects.filter(case__isnull=True).purge()


def test_drafts_that_were_never_filed_go_with_their_files() -> None:
    now = timezone.now()
    kept = FilingDraft.objects.create(expires_at=now + DAY)
    gone = FilingDraft.objects.create(expires_at=now - DAY)
    upload = gone.uploads.create(
        title="t",
        name="n",
        file=ContentFile(b"x", name="x"),
        content_type="t",
        size=1,
        sha256="0" * 64,
    )
    assert purge.drop_expired_drafts() == 1
    assert list(FilingDraft.objects.all()) == [kept]
    assert not private_storage().exists(upload.file.name)


def test_the_jobs_are_registered_and_name_nobody(staff: dict[str, Any]) -> None:
    closed(staff)
    for job in scheduled_jobs():
        counts = job.run(timezone.now())
        assert set(counts) >= {"failed"}
        assert all(isinstance(count, int) for count in counts.values())


def _backdate(case: Case) -> None:
    """As if the case had been closed long ago: the database's own clock cannot be set."""
    table: type[Model] = Retention
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table._meta.db_table} SET retain_until = %s WHERE case_id = %s",
            [timezone.localdate() - 2 * DAY, case.pk],
        )
    install_triggers(connection)
