"""A report as a document: the same words and figures for its page and for its PDF file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from workflows.annual_report.content import Content
from workflows.annual_report.sections import sections_of
from workflows.annual_report.words import NONE, Words, date_in_words, happening, kind_name
from workflows.documents.shapes import Shape, day, document, fact, paragraphs, section
from workflows.models import AnnualReport, PresentedReport


@dataclass(frozen=True)
class Reading:
    """A report as it is read: its content, the list of happenings, and what became of it."""

    report: AnnualReport
    content: Content
    listed: Iterable[dict[str, Any]]
    content_hash: str = ""

    @property
    def presented(self) -> PresentedReport | None:
        """The frozen copy, if it was presented."""
        return getattr(self.report, "presented", None)


def report_document(reading: Reading, most: int | None = None) -> Shape:
    """Facts, narrative, charts, tables, lists, notes on counting and addenda.

    `most` is how many happenings of a category are listed; the document says where the rest is.
    """
    words = Words(reading.content)
    content = reading.content
    title = _("Annual report to Academic Council, %(year)s") % {"year": content["year"]["name"]}
    mark = "" if reading.presented else _("DRAFT: not presented")
    shape = document(title, list(_facts(reading)), mark=mark) | {
        "institution": content["institution"],
        "narrative": [
            {"heading": item["heading"], "paragraphs": paragraphs(item["text"])}
            for item in content["narrative"]
        ],
        "sections": _keyed("part", sections_of(content, words)),
        "list_heading": _("What happened, by category"),
        "lists": _keyed("list", _lists(reading, words, most)),
        "notes_heading": _("How this report counts"),
        "notes": words.notes,
        "addenda_heading": _("Addenda"),
        "addenda": list(_addenda(reading.presented)),
    }
    return shape


def _keyed(name: str, sections: Iterable[Shape]) -> list[Shape]:
    """Give each section a key of its own, by which a page names it."""
    return [{**shape, "key": f"{name}-{number}"} for number, shape in enumerate(sections, 1)]


def _facts(reading: Reading) -> Iterator[Shape]:
    year, presented = reading.content["year"], reading.presented
    yield fact(
        _("Academic year"),
        _("%(first)s to %(last)s")
        % {"first": date_in_words(year["first_day"]), "last": date_in_words(year["last_day"])},
    )
    if year["counted_until"] < year["last_day"]:
        yield fact(_("Counted until"), date_in_words(year["counted_until"]))
    if presented is not None:
        meeting = f"{presented.body}, {day(presented.meeting_on)}"
        if presented.meeting_reference:
            meeting = f"{meeting} ({presented.meeting_reference})"
        yield fact(_("Presented to"), meeting)
        yield fact(
            _("Presented by"), f"{presented.presented_by_name}, {day(presented.presented_at)}"
        )
        yield fact(_("SHA-256 of the record"), presented.content_hash)
        if count := presented.addenda.count():
            yield fact(_("Addenda"), str(count))
    if number := reading.content["contracted"]:
        yield fact(
            _("Left out"),
            _("Offerings delivered under contract (FW-2) at the end of the year: %(number)s")
            % {"number": number},
        )


def _lists(reading: Reading, words: Words, most: int | None) -> Iterator[Shape]:
    by_category: dict[str, list[dict[str, Any]]] = {}
    counts: dict[str, int] = {}
    for item in reading.listed:
        category = item["category"]
        counts[category] = counts.get(category, 0) + 1
        if most is None or counts[category] <= most:
            by_category.setdefault(category, []).append(item)
    for key, name in words.categories:
        if items := by_category.get(key):
            left_out = counts[key] - len(items)
            text = []
            if left_out:
                text = [
                    _("%(number)s more are in the PDF file and the tables.") % {"number": left_out}
                ]
            yield section(
                name,
                text=text,
                columns=[
                    _("Date"),
                    _("Offering"),
                    _("What happened"),
                    _("Approval"),
                    _("Decisions"),
                ],
                rows=[_row(item, words) for item in items],
            )


def _row(item: dict[str, Any], words: Words) -> list[str]:
    approval = item["approval"]
    title = _("%(title)s, version %(number)s") % {"title": item["title"], "number": item["version"]}
    kind = kind_name(item["kind"])
    return [
        date_in_words(item["on"]),
        f"{title}\n{kind}",
        happening(item["what"]),
        f"{approval['reference']}\n{approval['authority']}",
        "\n".join(_decision(decision, words) for decision in item["decisions"]) or NONE,
    ]


def _decision(decision: dict[str, Any], words: Words) -> str:
    on = date_in_words(decision["on"])
    said = f"{decision['office']}: {words.outcome(decision['outcome'])}, {on}"
    return f"{said} ({decision['reference']})" if decision["reference"] else said


def _addenda(presented: PresentedReport | None) -> Iterator[Shape]:
    for addendum in presented.addenda.order_by("number") if presented else ():
        yield {
            "heading": f"{addendum.number}. {addendum.heading}",
            "paragraphs": paragraphs(addendum.text),
            "facts": [
                fact(_("Added"), f"{addendum.added_by_name}, {day(addendum.added_at)}"),
                fact(_("SHA-256"), addendum.content_hash),
            ],
        }
