"""A report's content as plain data: figures, lists and words. The same record gives the same.

Written out as RFC 8785 canonical JSON, piece by piece, so that a long list needs little memory;
its SHA-256 is what a reader compares a copy with.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation

from credentials.academic_year import AcademicYear
from credentials.choices import Category
from credentials.conf import conf
from credentials.models import OsapRecord
from credentials.record.content import canonical
from workflows.annual_report import osap
from workflows.annual_report import reviews as reviewing
from workflows.annual_report.figures import Figures, Standing, decisions_taken, figures_of
from workflows.annual_report.happenings import as_data, recorded_happenings
from workflows.annual_report.measures import Measure
from workflows.annual_report.notes import NOTES
from workflows.annual_report.period import ONE_DAY, Period
from workflows.choices import Outcome
from workflows.models import AnnualReport

# 1 had no notes, no requests for OSAP and no outcomes of reviews; 2 no checkpoint of the record.
FORMAT = 3
LIST = "happenings"

Content = dict[str, Any]


def content_of(report: AnnualReport, period: Period | None = None) -> Content:
    """Everything that a report says but the list of happenings. A bounded number of queries.

    Figures are by category: {"short_course": {"new": 3}}; what is 0 is left out.
    """
    period = period or period_of(report)
    year = AcademicYear(report.begins_in)
    before = _period_before(report, period)
    opening, closing = Standing(period.at_start), Standing(period.at_end)
    figures = figures_of(period, opening, closing)
    previous = figures_of(before, Standing(before.at_start), opening)
    reviews, overdue = reviewing.reviewed(period), reviewing.overdue(period)
    _count(figures, Measure.REVIEWED, reviews)
    _count(figures, Measure.OVERDUE, overdue)
    _count(previous, Measure.REVIEWED, reviewing.reviewed(before))
    _count(previous, Measure.OVERDUE, reviewing.overdue(before))
    return {
        "format": FORMAT,
        "institution": conf().INSTITUTION_NAME,
        "year": {
            "name": str(year),
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
            "counted_until": period.counted_until.isoformat(),
        },
        "categories": _categories(figures, previous),
        "figures": figures,
        "previous": previous,
        "contracted": closing.contracted,
        "decisions": decisions_taken(period),
        "outcomes": {key: _in_each_language(label) for key, label in Outcome.choices},
        "reviews": reviews,
        "overdue": overdue,
        "awards": [
            {"category": row.category, "number": row.number, "source": row.source}
            for row in report.awards.order_by("category")
        ],
        "osap": _osap(year, period, before),
        "states": [
            {"key": key, "names": _in_each_language(label)}
            for key, label in OsapRecord.State.choices
        ],
        "narrative": report.narrative,
        "notes": [_in_each_language(note) for note in NOTES],
    }


def period_of(report: AnnualReport) -> Period:
    """The report's own days, as the ledger now tells of them."""
    return Period.of(report.first_day, report.last_day)


def happenings_of(period: Period) -> Iterator[dict[str, Any]]:
    """The list of happenings, as the report keeps it."""
    return (as_data(happening) for happening in recorded_happenings(period))


def written_out(content: Content, listed: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Canonical JSON of the whole report, in pieces."""
    separator = "{"
    for name in sorted([*content, LIST]):
        yield f'{separator}"{name}":'
        if name == LIST:
            yield from _written_list(listed)
        else:
            yield canonical(content[name]).decode()
        separator = ","
    yield "}"


def whole(report: AnnualReport, checkpoint: str | None = None) -> tuple[str, str]:
    """Canonical JSON of the report as the record now has it, and its SHA-256.

    With the checkpoint of the transparency log, whoever keeps the report on paper holds the whole
    record behind it (ADR 53).
    """
    period = period_of(report)
    content = content_of(report, period)
    if checkpoint:
        content["checkpoint"] = checkpoint
    text = "".join(written_out(content, happenings_of(period)))
    return text, hashlib.sha256(text.encode()).hexdigest()


def _written_list(listed: Iterable[dict[str, Any]]) -> Iterator[str]:
    separator = "["
    for item in listed:
        yield separator + canonical(item).decode()
        separator = ","
    yield "[]" if separator == "[" else "]"


def _period_before(report: AnnualReport, period: Period) -> Period:
    first_day = AcademicYear(report.begins_in).preceding.first_day
    return Period(first_day, report.first_day - ONE_DAY, period.head)


def _osap(year: AcademicYear, period: Period, before: Period) -> Content:
    """Requests of the year and how many stood how, of the year before too. Three queries."""
    requests = osap.requests(year, period)
    return {
        "figures": osap.numbers(row["state"] for row in requests),
        "previous": osap.numbers(osap.states_then(year.preceding, before)),
        "told": osap.versions_that_tell(period),
        "requests": requests,
    }


def _count(figures: Figures, measure: Measure, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        of_category = figures.setdefault(row["category"], {})
        of_category[measure.value] = of_category.get(measure.value, 0) + 1


def _categories(*figures: Figures) -> list[dict[str, Any]]:
    """Every category of the policy (FW-1), and any other that the record has, with its names."""
    found = {category for by_category in figures for category in by_category}
    others = sorted(found - set(Category.values))
    return [
        *({"key": key, "names": _in_each_language(label)} for key, label in Category.choices),
        *({"key": key, "names": {}} for key in others),
    ]


def _in_each_language(label: Any) -> dict[str, str]:
    """Words as they are now: a report that was presented keeps them."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names[code] = str(label)
    return names
