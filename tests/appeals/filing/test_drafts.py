"""Drafts: kept for a while, files with them, then gone (AP-1)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appeals import drafts
from appeals.jobs import scheduled_jobs
from appeals.models import DraftUpload, FilingDraft, OneTimeCode, PrivateLink
from appeals.models.documents import private_storage
from credentials import scheduled
from credentials.models import RequestCount
from tests.appeals.uploads.samples import PDF
from tests.appeals.visiting import DAY, Visitor, answers, text

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]
HTML = b"<!doctype html><script>alert(1)</script>"
MOST_QUERIES = 30


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody who has opened their link."""
    visitor.begin()
    visitor.open()
    return visitor


def add(writer: Visitor, name: str = "a.pdf", content: bytes = PDF) -> Any:
    """Add a file to the draft."""
    return writer.post("write/documents/", step="add", files=SimpleUploadedFile(name, content))


def test_what_is_never_filed_is_deleted_with_its_files_and_links(writer: Visitor) -> None:
    add(writer)
    name = DraftUpload.objects.get().file.name
    assert private_storage().exists(name)
    purge = next(job for job in scheduled_jobs() if job.name == "appeal-purge")
    purge.run(timezone.now() + drafts.KEPT_FOR - DAY)
    assert FilingDraft.objects.exists()
    assert purge.run(timezone.now() + drafts.KEPT_FOR + DAY)["dropped"] == 1
    forget = next(job for job in scheduled.scheduled_jobs() if job.name == "forget-requests")
    forget.run(timezone.now() + drafts.KEPT_FOR + DAY)
    for model in (FilingDraft, DraftUpload, PrivateLink, OneTimeCode, RequestCount):
        assert not model._default_manager.exists(), model
    assert not private_storage().exists(name)
    assert writer.get().status_code == 404


def test_each_change_gives_it_thirty_days_more(writer: Visitor, monkeypatch: Any) -> None:
    later = timezone.now() + 20 * DAY
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: later)
        writer.open()
        writer.post("write/you/", step="later", appellant_name="Wilhelmina")
    assert FilingDraft.objects.get().expires_at == later + drafts.KEPT_FOR
    assert PrivateLink.objects.get().expires_at == later + drafts.KEPT_FOR


def test_a_file_can_be_looked_at_and_removed(writer: Visitor) -> None:
    add(writer)
    upload = DraftUpload.objects.get()
    given = writer.get(f"write/documents/{upload.pk}/")
    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Disposition"].startswith("attachment")
    writer.post("write/documents/", step="remove", file=str(upload.pk))
    assert not DraftUpload.objects.exists()
    assert not private_storage().exists(str(upload.file.name))


def test_files_of_another_draft_are_not_found(writer: Visitor, stranger: Visitor) -> None:
    add(writer)
    stranger.begin()
    stranger.open()
    upload = DraftUpload.objects.get()
    assert stranger.get(f"write/documents/{upload.pk}/").status_code == 404
    stranger.post("write/documents/", step="remove", file=str(upload.pk))
    assert DraftUpload.objects.exists()


def test_a_refused_file_leaves_all_that_is_there(writer: Visitor) -> None:
    writer.fill(answers())
    add(writer)
    page = text(add(writer, "b.pdf", HTML))
    assert "“b.pdf” was not added" in page
    assert "a.pdf" in page
    draft = FilingDraft.objects.get()
    assert draft.uploads.count() == 1
    assert draft.answers["statement"]


def test_no_step_of_another_name_and_no_field_of_another_form_is_kept(writer: Visitor) -> None:
    assert writer.get("write/nowhere/").status_code == 404
    writer.post("write/you/", step="next", appellant_name="W", is_late="1", statement="x")
    kept = FilingDraft.objects.get().answers
    assert "is_late" not in kept
    assert "statement" not in kept


def test_very_long_text_is_refused_and_kept_as_far_as_it_goes(writer: Visitor) -> None:
    page = text(writer.post("write/statement/", step="next", statement="ab" + "c" * 60_000))
    assert "longer than 50000 characters" in page
    assert FilingDraft.objects.get().answers["statement"].startswith("abc")


def test_what_is_no_text_is_refused_and_not_kept(writer: Visitor) -> None:
    refused = writer.post("write/statement/", step="next", statement="a\0b")
    assert refused.status_code == 400
    assert "The field “statement” holds a character that is no text (U+0000)" in text(refused)
    assert "statement" not in FilingDraft.objects.get().answers


def test_the_check_asks_the_database_little(
    writer: Visitor, django_assert_max_num_queries: Any
) -> None:
    writer.fill(answers())
    for _n in range(5):
        add(writer)
    with django_assert_max_num_queries(MOST_QUERIES):
        writer.get("write/check/")
