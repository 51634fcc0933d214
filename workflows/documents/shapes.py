"""The shapes that documents are made of: plain data, all words in the reader's language."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from credentials.conf import conf

Shape = dict[str, Any]


def document(
    title: str, facts: Sequence[Shape] = (), *, mark: str = "", closing: str = ""
) -> Shape:
    """What every document has; `mark` stands under its title, such as DRAFT."""
    return {
        "title": title,
        "institution": conf().INSTITUTION_NAME,
        "language": (get_language() or "en").split("-")[0],
        "mark": mark,
        "closing": closing,
        # Filled in by the typesetter, which alone knows the numbers.
        "page_label": _("Page %(page)s of %(pages)s"),
        "facts": list(facts),
    }


def fact(label: str, text: Any, link: str = "") -> Shape:
    """A label and what it says, with an address to go to where there is one."""
    return {"label": str(label), "text": str(text), "link": link}


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def section(  # noqa: PLR0913 (the kinds of content that a section can have)
    heading: str,
    *,
    kind: str = "text",
    text: Iterable[str] = (),
    lines: Iterable[str] = (),
    columns: Sequence[str] = (),
    rows: Sequence[Any] = (),
) -> Shape:
    """A heading with paragraphs, a list, a table, or all three. Rows without columns are none."""
    return {
        "heading": heading,
        "kind": kind,
        "paragraphs": list(text),
        "lines": list(lines),
        "columns": list(columns),
        "rows": list(rows),
    }


def day(at: datetime.datetime | datetime.date | None) -> str:
    """A day in words, where the institution is; empty for none."""
    if isinstance(at, datetime.datetime):
        at = localtime(at)
    return date_format(at, "DATE_FORMAT") if at else ""


def moment(at: datetime.datetime) -> str:
    """A day and its time."""
    return date_format(localtime(at), "DATETIME_FORMAT")
