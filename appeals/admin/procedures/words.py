"""A version of the procedure in words, and the differences between two versions."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from appeals.models import Procedure
from credentials.changing_records import changes_between, shown
from credentials.timeline import Changed

TIME = ("time_limit", "clock_start", "cut_off", "time_zone", "province")
EXTENSIONS = ("accepts_late", "most_extensions", "extension_days", "extension_reasons_en")
EXTENSIONS_FR = "extension_reasons_fr"
RECORDS = ("retention_years", "small_count")
TEXTS = ("title_en", "title_fr", "who_en", "who_fr")
LABELS = {field.name: field.verbose_name for field in Procedure._meta.fields}
FIELDS = (*TEXTS, *TIME, *EXTENSIONS, EXTENSIONS_FR, *RECORDS)
# Parts by how a version calls them: what tells two apart, and what is compared.
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "grounds": ("key", ("name_en", "name_fr", "explanation_en", "explanation_fr")),
    "steps": ("key", ("name_en", "name_fr", "working_days")),
    "letters": ("kind", ("subject_en", "subject_fr", "body_en", "body_fr")),
}


def facts(procedure: Procedure, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Fields of a version as label and value."""
    return [(str(capfirst(LABELS[name])), shown(procedure, name)) for name in names]


def differences(before: Procedure, after: Procedure) -> list[Changed]:
    """What differs between two versions: field or part, from what, to what."""
    return [
        *changes_between(before, after, FIELDS),
        *(change for name in PARTS for change in _of_parts(before, after, name)),
    ]


def _of_parts(before: Procedure, after: Procedure, name: str) -> Iterator[Changed]:
    key, fields = PARTS[name]
    old, new = (
        {getattr(row, key): row for row in getattr(version, name).all()}
        for version in (before, after)
    )
    for found, row in new.items():
        if found not in old:
            yield Changed(_named(row), "", _("added"))
            continue
        for change in changes_between(old[found], row, fields):
            yield Changed(f"{_named(row)}: {change.field}", change.before, change.after)
    for found, row in old.items():
        if found not in new:
            yield Changed(_named(row), _("removed"), "")


def _named(row: Any) -> str:
    return f"{capfirst(row._meta.verbose_name)} “{row}”"
