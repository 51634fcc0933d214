"""Wagtail's own exports, and those of every view made with its mixin, run no formula (ADR 52).

Every cell of every export passes through `SpreadsheetExportMixin.preprocess_field_value`, so it is
replaced there, once: listings, reports, registers, and what a later version of Wagtail adds.
"""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from credentials.spreadsheets import inert, printable

_as_wagtail_writes = SpreadsheetExportMixin.preprocess_field_value


def make_exports_inert() -> None:
    """Let text stay text in every export of the admin."""
    SpreadsheetExportMixin.preprocess_field_value = _as_text


def _as_text(view: Any, field: str, value: object, export_format: str) -> object:
    written = _as_wagtail_writes(view, field, value, export_format)
    if not isinstance(written, str):
        return written
    return inert(printable(written))
