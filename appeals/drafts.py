"""Appeals that are being written: begun with an e-mail address, saved as they grow (ADR 44)."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from appeals.choices import Purpose
from appeals.models import DraftUpload, FilingDraft, PrivateLink
from appeals.private_access import links
from appeals.uploads.checked import CheckedFile
from credentials.mail import send_on_commit

KEPT_FOR = links.VALID_FOR[Purpose.FILING]
LONGEST_ANSWER = 100_000  # characters; a book's chapter


def begin(email: str, language: str) -> None:
    """Send the address a link to the appeal that it is writing, or to a new one.

    Who asks learns nothing of whether there was one: both take the same steps.
    """
    now = timezone.now()
    with transaction.atomic():
        draft = FilingDraft.objects.filter(email__iexact=email, expires_at__gt=now).last()
        if draft is None:
            draft = FilingDraft(email=email, language=language, answers={"language": language})
        draft.expires_at = now + KEPT_FOR
        draft.save()
        token = links.issue(Purpose.FILING, email, draft=draft)
        context = {"link": links.address_of(token), "until": timezone.localdate(draft.expires_at)}
        send_on_commit(email, "appeals/mail/filing", context)


def save(link: PrivateLink, answers: dict[str, Any]) -> FilingDraft:
    """Keep answers, as far as they were given and whether or not they will do.

    Both link and draft last thirty days from the last change.
    """
    with transaction.atomic():
        draft = FilingDraft.objects.select_for_update().get(links=link)
        draft.answers = {**draft.answers, **{key: _cut(one) for key, one in answers.items()}}
        draft.expires_at = link.expires_at = timezone.now() + KEPT_FOR
        draft.save()
        link.save(update_fields=["expires_at"])
    return draft


def add_file(draft: FilingDraft, file: CheckedFile) -> DraftUpload:
    """Keep a file that was checked."""
    return DraftUpload.objects.create(draft=draft, **file.columns())


def remove_file(upload: DraftUpload) -> None:
    """Delete a file of a draft; once this is written, from the storage too."""
    storage, name = upload.file.storage, str(upload.file.name)
    with transaction.atomic():
        upload.delete()
        transaction.on_commit(lambda: storage.delete(name))


def last_day(draft: FilingDraft) -> datetime.date:
    """The last day on which it is kept, if nothing is changed."""
    return timezone.localdate(draft.expires_at)


def _cut(answer: Any) -> Any:
    if isinstance(answer, str):
        return answer[:LONGEST_ANSWER]
    return [_cut(one) for one in answer][:50]
