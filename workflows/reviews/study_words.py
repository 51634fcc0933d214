"""A self-study in words: its questions with their answers, for pages and documents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from workflows.choices import ReviewResult
from workflows.models import SelfStudy


@dataclass(frozen=True)
class Section:
    """A question of the self-study and its answer."""

    heading: str
    text: str


def study_sections(study: dict[str, Any]) -> list[Section]:
    """The answers in the order of the form; what was left empty is left out."""
    labels = {field.name: str(field.verbose_name) for field in SelfStudy._meta.fields}
    results = dict(ReviewResult.choices)
    answers = {name: study.get(name) or "" for name in SelfStudy.REQUIRED[:-1]}
    answers["recommendation"] = str(results.get(study["recommendation"], ""))
    answers |= {name: study.get(name) or "" for name in ("reasons", "public_note")}
    last_day = study.get("teach_out")
    answers["teach_out"] = (
        date_format(date.fromisoformat(last_day), "DATE_FORMAT") if last_day else ""
    )
    return [
        Section(labels[name][:1].upper() + labels[name][1:], text)
        for name, text in answers.items()
        if text
    ]
