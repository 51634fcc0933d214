"""Requests for OSAP in a report as a document: how many stand how, and one by one (MC-5)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from workflows.annual_report.content import Content
from workflows.annual_report.words import NONE, Words, compared_years, date_in_words
from workflows.documents.shapes import Shape, section
from workflows.reports.charts import bar_chart, counted


def osap_sections(content: Content, words: Words) -> Iterator[Shape]:
    """By standing with a chart, then the requests; nothing where the report has none of it."""
    osap = content["osap"]
    if not osap:  # a report that was presented before these were counted
        return
    states = [key for key in words.states if key in osap["figures"] or key in osap["previous"]]
    counts = [
        (words.state(key), osap["figures"].get(key, 0), osap["previous"].get(key, 0))
        for key in states
    ]
    heading = _("Requests for OSAP, by standing at the end of the year")
    text = [] if counts else [_("None.")]
    if osap["told"]:
        text.append(
            _(
                "Versions that only told the public whether OSAP is approved, not counted among "
                "the changes: %(number)s."
            )
            % {"number": osap["told"]}
        )
    yield section(
        heading,
        text=text,
        columns=[_("Standing"), *compared_years(content)],
        rows=[[name, str(now), str(before)] for name, now, before in counts],
    ) | {
        "chart": bar_chart(
            _("Requests for OSAP"),
            _("Standing"),
            compared_years(content),
            [counted(name, now, before) for name, now, before in counts],
        )
    }
    yield from _one_by_one(osap, words)


def _one_by_one(osap: Content, words: Words) -> Iterator[Shape]:
    heading = _("Requests for OSAP of the year")
    if "requests" not in osap:
        note = _("Until the report is presented, only the Department reads them one by one. MC-5")
        yield section(heading, text=[note])
    elif osap["requests"]:
        yield section(
            heading,
            columns=[
                _("Offering"),
                _("Category"),
                _("Standing"),
                _("Since"),
                _("Last sent"),
                _("Last answered"),
            ],
            rows=[_request(row, words) for row in osap["requests"]],
        )


def _request(row: dict[str, Any], words: Words) -> list[str]:
    days = (date_in_words(row[name]) or NONE for name in ("since", "sent_on", "answered_on"))
    return [row["title"], words.category(row["category"]), words.state(row["state"]), *days]
