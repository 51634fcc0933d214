"""The sections of a report as a document: tables, and charts of what is compared."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from workflows.annual_report.content import Content
from workflows.annual_report.measures import BALANCE, HAPPENINGS, QUALITY, Measure
from workflows.annual_report.osap_sections import osap_sections
from workflows.annual_report.words import NONE, Words, compared_years, date_in_words, total
from workflows.documents.sealed import sealed_section
from workflows.documents.shapes import Shape, section
from workflows.reports.charts import Chart, bar_chart, counted

MORE_IN_ALL = (Measure.OPENING, *HAPPENINGS, Measure.REVIEWED, Measure.OVERDUE, Measure.CLOSING)


def sections_of(content: Content, words: Words) -> Iterator[Shape]:
    """Figures compared, by category, awards, OSAP, decisions, reviews; the compared have charts."""
    yield _in_figures(content) | {"chart": _chart_of_figures(content)}
    yield _by_category(_("The catalogue, by category"), content, words, BALANCE) | {
        "chart": _chart_of_categories(content, words)
    }
    yield _by_category(_("Changes and reviews, by category"), content, words, QUALITY)
    yield _awards(content, words)
    yield from osap_sections(content, words)
    yield _decisions(content, words)
    yield from _reviews(content, words)
    if checkpoint := content.get("checkpoint"):
        yield sealed_section(checkpoint)


def _chart_of_figures(content: Content) -> Chart | None:
    now, before = content["figures"], content["previous"]
    groups = [counted(m.label, total(now, m), total(before, m)) for m in MORE_IN_ALL]
    return bar_chart(_("The year in figures"), _("What happened"), compared_years(content), groups)


def _chart_of_categories(content: Content, words: Words) -> Chart | None:
    years = (content["figures"], content["previous"])
    groups = [
        counted(name, *(figures.get(key, {}).get(Measure.CLOSING, 0) for figures in years))
        for key, name in words.categories
    ]
    title = _("Offered at the end of the year, by category")
    return bar_chart(title, _("Category"), compared_years(content), groups)


def _in_figures(content: Content) -> Shape:
    rows = []
    for measure in MORE_IN_ALL:
        now, before = (total(content[name], measure) for name in ("figures", "previous"))
        rows.append([str(measure.label), str(now), str(before), _difference(now - before)])
    return section(
        _("The year in figures, compared"),
        columns=[_("What happened"), *compared_years(content), _("Difference")],
        rows=rows,
    )


def _difference(number: int) -> str:
    return "0" if number == 0 else f"{'+' if number > 0 else '−'}{abs(number)}"


def _by_category(
    heading: str, content: Content, words: Words, measures: Sequence[Measure]
) -> Shape:
    figures = content["figures"]
    used = [m for m in measures if m in MORE_IN_ALL or total(figures, m)]
    rows = [
        [name, *(str(figures.get(key, {}).get(measure, 0)) for measure in used)]
        for key, name in words.categories
    ]
    rows.append([_("All categories"), *(str(total(figures, measure)) for measure in used)])
    return section(heading, columns=[_("Category"), *(str(m.label) for m in used)], rows=rows)


def _awards(content: Content, words: Words) -> Shape:
    heading = _("Awards issued")
    entered = {row["category"]: row for row in content["awards"]}
    rows = [
        [name, number_format(entered[key]["number"], force_grouping=True), entered[key]["source"]]
        for key, name in words.categories
        if key in entered
    ]
    if not rows:
        return section(heading, text=[_("No figure was entered.")])
    return section(
        heading,
        text=[_("As the office entered them, each with its source.")],
        columns=[_("Category"), _("Awards"), _("Source")],
        rows=rows,
    )


def _decisions(content: Content, words: Words) -> Shape:
    heading = _("Decisions taken in the year")
    rows = [
        [row["office"], words.outcome(row["outcome"]), str(row["number"])]
        for row in content["decisions"]
    ]
    if not rows:
        return section(heading, text=[_("None.")])
    return section(heading, columns=[_("Office"), _("Outcome"), _("Decisions")], rows=rows)


def _reviews(content: Content, words: Words) -> Iterator[Shape]:
    if rows := content["reviews"]:
        yield section(
            _("Reviews concluded"),
            columns=[_("Offering"), _("Category"), _("Outcome"), _("Concluded"), _("Reference")],
            rows=[_review(row, words) for row in rows],
        )
    if rows := content["overdue"]:
        yield section(
            _("Overdue for review"),
            columns=[_("Offering"), _("Category"), _("Due")],
            rows=[
                [r["title"], words.category(r["category"]), date_in_words(r["due_on"])]
                for r in rows
            ],
        )


def _review(row: dict[str, Any], words: Words) -> list[str]:
    return [
        row["title"],
        words.category(row["category"]),
        words.outcome(row["result"]) if "result" in row else NONE,
        date_in_words(row["on"]),
        row["reference"] or NONE,
    ]
