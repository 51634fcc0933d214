"""Every page of ours in the admin has Wagtail's slim header: one title, and the trail to it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.views.generic.base import TemplateResponseMixin
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from credentials.people.roles import grant_roles
from tests.people import person
from tests.site.admin_addresses import Address, addresses
from tests.site.record_of_everything import fill_the_record

APPS = {"credentials", "workflows", "appeals"}
ROOMS = {"admin", "imports"}
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TRAIL = re.compile(r'<nav[^>]*aria-label="Breadcrumb">(.*?)</nav>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def pages() -> list[Address]:
    """Pages of ours in the admin, without those of modeladmin."""
    found = []
    for address in addresses():
        kind = address.view_class
        if kind is None or address.register or not issubclass(kind, TemplateResponseMixin):
            continue
        app, room = (*kind.__module__.split("."), "")[:2]
        if app in APPS and room in ROOMS:
            found.append(address)
    return found


def test_every_page_of_ours_says_title_and_trail_by_the_same_means() -> None:
    assert len(pages()) > 90
    for address in pages():
        assert issubclass(address.view_class, WagtailAdminTemplateMixin), address.name  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_page_has_one_title_and_the_trail_ends_with_it(root: Any, client: Client) -> None:
    grant_roles(root)
    offering = fill_the_record(root)
    client.force_login(person("department", 7))
    shown = 0
    for address in pages():
        path = address.of(page_id=offering.pk)
        response = client.get(path) if path else None
        if response is None or response.status_code != 200 or response.get("Location"):
            continue
        page = response.content.decode()
        if "<html" not in page:  # the results of a list alone
            continue
        shown += 1
        (title,) = TITLE.findall(page)
        (trail,) = TRAIL.findall(page)
        *_way, last = [TAGS.sub("", item).strip() for item in trail.split("</li>") if "<a" in item]
        assert " ".join(last.split()), address.name
        assert " ".join(last.split()) in " ".join(title.split()), address.name
    assert shown > 12


@pytest.mark.django_db
def test_a_trail_leads_nobody_to_a_page_that_does_not_open(root: Any, client: Client) -> None:
    grant_roles(root)
    offering = fill_the_record(root)
    for role in ("editor", "department", "committee"):
        client.force_login(person(role, 7))
        for address in pages():
            path = address.of(page_id=offering.pk)
            response = client.get(path) if path else None
            if response is None or response.status_code != 200 or response.streaming:
                continue
            for trail in TRAIL.findall(response.content.decode()):
                for step in set(re.findall(r'href="(/[^"]*)"', trail)):
                    assert client.get(step).status_code == 200, (role, address.name, step)
