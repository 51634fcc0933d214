"""A report's words: names and notes that it keeps in each language, days, totals."""

import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from credentials.academic_year import AcademicYear
from credentials.choices import Kind
from workflows.annual_report.content import Content
from workflows.annual_report.measures import Measure
from workflows.documents.shapes import day

NONE = "—"


class Words:
    """The report's own names and notes, in the reader's language."""

    def __init__(self, content: Content) -> None:
        self._categories = {item["key"]: item["names"] for item in content["categories"]}
        self._outcomes = content["outcomes"]
        self._states = {item["key"]: item["names"] for item in content.get("states", [])}
        self._notes = content.get("notes", [])
        self._language = (get_language() or "en").split("-")[0]

    @property
    def categories(self) -> list[tuple[str, str]]:
        """Every category with its name, in the policy's order."""
        return [(key, self.category(key)) for key in self._categories]

    def category(self, key: str) -> str:
        """A category's name."""
        return self._name(self._categories.get(key, {}), key)

    def outcome(self, key: str) -> str:
        """A decision's outcome."""
        return self._name(self._outcomes.get(key, {}), key)

    @property
    def states(self) -> list[str]:
        """The keys of how a request for OSAP can stand, in the order of its life."""
        return list(self._states)

    def state(self, key: str) -> str:
        """How a request for OSAP stands."""
        return self._name(self._states.get(key, {}), key)

    @property
    def notes(self) -> list[str]:
        """How it counts; none in a report that was presented without."""
        return [self._name(note, "") for note in self._notes]

    def _name(self, names: dict[str, str], key: str) -> str:
        return names.get(self._language) or names.get("en") or key


def kind_name(key: str) -> str:
    """What a kind of offering is called; its key where it is none any more."""
    return str(Kind(key).label) if key in Kind.values else key


def date_in_words(text: str | None) -> str:
    """A day of the report's data in words; empty for none."""
    return day(datetime.date.fromisoformat(text)) if text else ""


def total(figures: dict[str, dict[str, int]], measure: Measure) -> int:
    """A measure over all categories."""
    return sum(of_category.get(measure, 0) for of_category in figures.values())


def compared_years(content: Content) -> tuple[str, str]:
    """What the two years are called wherever they stand side by side: the year, and the last."""
    year = AcademicYear.named(content["year"]["name"])
    return str(year), str(year.preceding)


def day_of(text: str | None) -> datetime.date | str:
    """A day of the report's data for a table, in which it can be reckoned with; empty for none."""
    return datetime.date.fromisoformat(text) if text else ""


def happening(key: str) -> str:
    """What became of one offering: figures count many changes, a list names each."""
    if key == Measure.CHANGED_GOVERNED:
        return _("Governed change")
    if key == Measure.CHANGED_EDITORIAL:
        return _("Editorial change")
    return str(Measure(key).label) if key in Measure.values else key
