"""A report as tables: one sheet for each part, row by row."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from workflows.annual_report.formats.osap_sheets import osap_sheets
from workflows.annual_report.formats.sheets import Row, Sheet
from workflows.annual_report.measures import Measure
from workflows.annual_report.report_document import Reading
from workflows.annual_report.words import (
    Words,
    compared_years,
    day_of,
    happening,
    kind_name,
    total,
)


def sheets_of(reading: Reading) -> Iterator[Sheet]:
    """Figures, what happened, reviews, awards, OSAP, decisions, narrative, notes, addenda."""
    content, words = reading.content, Words(reading.content)
    yield Sheet(
        "figures",
        _("Figures"),
        [_("Category"), _("Year"), *(str(measure.label) for measure in Measure)],
        _figures(content, words),
    )
    yield happenings_sheet(reading)
    yield Sheet(
        "reviews",
        _("Reviews"),
        [
            _("Offering"),
            _("Category"),
            _("Outcome"),
            _("Concluded"),
            _("Reference"),
            _("Overdue since"),
            _("Identifier"),
        ],
        _reviews(content, words),
    )
    yield Sheet(
        "awards",
        _("Awards"),
        [_("Category"), _("Awards"), _("Source")],
        (
            [words.category(row["category"]), row["number"], row["source"]]
            for row in content["awards"]
        ),
    )
    yield from osap_sheets(content, words)
    yield Sheet(
        "decisions",
        _("Decisions"),
        [_("Office"), _("Outcome"), _("Decisions")],
        (
            [row["office"], words.outcome(row["outcome"]), row["number"]]
            for row in content["decisions"]
        ),
    )
    yield Sheet(
        "narrative",
        _("Narrative"),
        [_("Heading"), _("Text")],
        ([item["heading"], item["text"]] for item in content["narrative"]),
    )
    yield Sheet("notes", _("Notes"), [_("How this report counts")], ([n] for n in words.notes))
    yield Sheet("record", _("Record"), [_("Fact"), _("Text")], _record(reading))


def happenings_sheet(reading: Reading) -> Sheet:
    """What happened, each with its approval and the decisions that led to it."""
    columns = [
        _("Date"),
        _("What happened"),
        _("Category"),
        _("Kind"),
        _("Offering"),
        _("Version"),
        _("Approval"),
        _("Approved by"),
        _("Approved on"),
        _("Instrument"),
        _("Policy version"),
        _("Decisions"),
        _("Identifier"),
    ]
    return Sheet("happenings", _("What happened"), columns, _happenings(reading))


def _figures(content: dict[str, Any], words: Words) -> Iterator[Row]:
    years = zip(compared_years(content), (content["figures"], content["previous"]), strict=True)
    for year, figures in years:
        for key, name in words.categories:
            of_category = figures.get(key, {})
            yield [name, year, *(of_category.get(measure, 0) for measure in Measure)]
        yield [_("All categories"), year, *(total(figures, measure) for measure in Measure)]


def _happenings(reading: Reading) -> Iterator[Row]:
    words = Words(reading.content)
    for item in reading.listed:
        approval = item["approval"]
        decisions = "; ".join(
            " ".join(
                filter(None, (d["on"], d["office"], words.outcome(d["outcome"]), d["reference"]))
            )
            for d in item["decisions"]
        )
        yield [
            day_of(item["on"]),
            happening(item["what"]),
            words.category(item["category"]),
            kind_name(item["kind"]),
            item["title"],
            item["version"],
            approval["reference"],
            approval["authority"],
            day_of(approval["on"]),
            approval["instrument"],
            approval["policy_version"],
            decisions,
            item["offering"],
        ]


def _reviews(content: dict[str, Any], words: Words) -> Iterator[Row]:
    for row in content["reviews"]:
        said = words.outcome(row["result"]) if "result" in row else ""
        named = (row["title"], words.category(row["category"]))
        yield [*named, said, day_of(row["on"]), row["reference"], "", row["offering"]]
    for row in content["overdue"]:
        named = (row["title"], words.category(row["category"]))
        yield [*named, "", "", "", day_of(row["due_on"]), row["offering"]]


def _record(reading: Reading) -> Iterator[Row]:
    year, presented = reading.content["year"], reading.presented
    yield [_("Academic year"), year["name"]]
    yield [_("Counted until"), day_of(year["counted_until"])]
    if presented is None:
        yield [_("Standing"), _("DRAFT: not presented")]
        return
    yield [_("Presented to"), presented.body]
    yield [_("Meeting of"), presented.meeting_on]
    yield [_("Presented by"), presented.presented_by_name]
    yield [_("SHA-256 of the record"), presented.content_hash]
    for addendum in presented.addenda.order_by("number"):
        yield [f"{_('Addendum')} {addendum.number}: {addendum.heading}", addendum.text]
