"""Requests for OSAP in a report as tables (MC-5)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from workflows.annual_report.content import Content
from workflows.annual_report.formats.sheets import Row, Sheet
from workflows.annual_report.words import Words, compared_years, day_of

DAYS = ("since", "opened_on", "sent_on", "answered_on")


def osap_sheets(content: Content, words: Words) -> Iterator[Sheet]:
    """How many stand how, and the requests where the reader may read them one by one."""
    osap = content["osap"] or {"figures": {}, "previous": {}}
    yield Sheet(
        "osap",
        _("OSAP"),
        [_("Standing"), *compared_years(content)],
        (
            [words.state(key), osap["figures"].get(key, 0), osap["previous"].get(key, 0)]
            for key in words.states
        ),
    )
    if "requests" in osap:
        columns = [
            _("Offering"),
            _("Category"),
            _("Standing"),
            _("Since"),
            _("Opened"),
            _("Last sent"),
            _("Last answered"),
            _("Identifier"),
        ]
        yield Sheet("osap-requests", _("OSAP requests"), columns, _requests(osap, words))


def _requests(osap: Content, words: Words) -> Iterator[Row]:
    for row in osap["requests"]:
        days = [day_of(row[name]) for name in DAYS]
        named = (row["title"], words.category(row["category"]), words.state(row["state"]))
        yield [*named, *days, row["offering"]]
