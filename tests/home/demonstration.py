"""Reads the loaded demonstration for its tests."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.documents import get_document_model

from credentials.append_only.refusals import append_only_models
from credentials.conf import conf
from credentials.models import AcademicUnit, Offering
from workflows.models import Committee

WITH_GAPS = {  # drafts that show what the policy still asks for
    "demo-social-finance",
    "demo-hybrid-teams",
    "demo-food-allergens",
    "demo-cert-low-carbon-buildings",
}
WAITING = {
    "demo-mentor-badge": "agreement-signed",
    "demo-robotics-technologist": "admission-signed-off",
}
PERSONAL = re.compile(
    r"(^|_)(name|email|phone|student_number|username|statement|remedy|decision|text|comment|reason"
    r"|note|file|title|subject|body|detail|consultation)$"
)
SHORTEST = 4  # characters: “Ada” is a part of words
LONG = 20  # characters: shorter internal values, such as a name of a choice, occur anywhere


def load() -> str:
    """Run the command and return what it writes on the console."""
    console = StringIO()
    call_command("load_demo", stdout=console)
    return console.getvalue()


def offerings() -> list[Any]:
    """Every offering as its own type."""
    return [page.specific for page in Offering.objects.all()]


def under_decision() -> list[Any]:
    """Every live offering, and the newest draft of every proposal under way."""
    live = [page for page in offerings() if page.live]
    drafts = [
        page.get_latest_revision_as_object() for page in offerings() if page.workflow_in_progress
    ]
    return [*live, *drafts]


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return {model._meta.label: model._base_manager.count() for model in models}


def values_in(content: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for item in content.values() if isinstance(content, dict) else content:
            yield from values_in(item)


def personal_texts() -> set[str]:
    """What the record holds of people: names, addresses, their words, files' names."""
    texts: set[str] = set()
    for model in [get_user_model(), *append_only_models(), get_document_model()]:
        names = [f.attname for f in model._meta.concrete_fields if PERSONAL.search(f.attname)]
        for row in model._base_manager.values_list(*names) if names else ():
            texts |= {str(value) for value in row if value}
    return {text for text in texts - bodies() if len(text) >= SHORTEST}


def bodies() -> set[str]:
    """Names of bodies that act, such as a committee: they are no person's."""
    offices = {*conf().OFFICES.values(), *Committee.objects.values_list("name", flat=True)}
    return offices | set(AcademicUnit.objects.values_list("name", flat=True))
