"""What the ground floor knows of named files: approvals, and every row of the record with a key."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from credentials.append_only.refusals import append_only_models
from credentials.files.named_files import CHUNK, Naming, is_file_key, named_in_texts
from credentials.models import Approval


def approved_files(file: Any | None) -> Iterator[Naming]:
    """Pictures and documents of all content that was ever approved (laws 1 and 2)."""
    approvals = Approval.objects.select_related("offering").only(
        "reference", "content", "offering__title"
    )
    yield from named_in_texts(approvals.order_by("pk"), "content", _approval, file)


def recorded_files(file: Any | None) -> Iterator[Naming]:
    """Documents that a row of the record holds by its key, in whichever app (law 3)."""
    for model in append_only_models():
        for field in filter(is_file_key, model._meta.fields):
            if file is not None and field.related_model is not type(file):
                continue
            chosen = {f"{field.name}__isnull": False} if file is None else {field.name: file}
            rows = model._default_manager.filter(**chosen).order_by("pk")
            for row in rows.iterator(chunk_size=CHUNK):
                place = f"{model._meta.verbose_name} “{row}”"
                yield Naming(place, field.related_model, getattr(row, field.attname))


def _approval(approval: Approval) -> str:
    return _("approval %(reference)s of “%(title)s”") % {
        "reference": approval.reference,
        "title": approval.offering.title,
    }
