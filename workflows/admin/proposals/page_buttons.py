"""Buttons beside an offering in listings and in the editor's header."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Office
from workflows.deciding.offices import is_in_office


def retirement_button(page: Page, user: Person, **kwargs: Any) -> Iterator[Button]:
    """“Retire or withdraw”, for the office that may ask for it."""
    is_offering = issubclass(page.specific_class or Page, Offering)
    if is_offering and page.live and is_in_office(user, Office.DEPARTMENT):
        yield Button(
            _("Retire or withdraw"),
            reverse("governance:request_retirement", args=[page.pk]),
            icon_name="history",
            priority=60,
        )
