"""`manage.py grant_roles` gives the groups their permissions where the project says."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page, Site

from credentials.conf import conf

pytestmark = pytest.mark.django_db


def pages_of(role: str) -> set[str]:
    group = Group.objects.get(name=conf().ROLE_GROUPS[role])
    return set(GroupPagePermission.objects.filter(group=group).values_list("page__slug", flat=True))


def grant(**options: Any) -> str:
    out = StringIO()
    call_command("grant_roles", stdout=out, **options)
    return out.getvalue()


def test_the_site_s_root_page_is_the_default(root: Any) -> None:
    assert "Content editors" in grant()
    assert pages_of("editor") == {Site.objects.get(is_default_site=True).root_page.slug}


@pytest.mark.parametrize("under", ["catalogue", "/catalogue/", "/catalogue"])
def test_another_page_is_named_by_slug_or_path(root: Any, under: str) -> None:
    grant(under=under)
    assert pages_of("editor") == {"catalogue"}


def test_it_can_be_repeated(root: Any) -> None:
    grant()
    before = GroupPagePermission.objects.count()
    grant()
    assert GroupPagePermission.objects.count() == before


def test_a_page_that_is_not_there_is_said(root: Any) -> None:
    with pytest.raises(CommandError, match="Make the page first"):
        grant(under="/learn/")


def test_a_slug_of_several_pages_asks_for_the_path(root: Any) -> None:
    root.add_child(instance=Page(title="Catalogue", slug="catalogue"))
    with pytest.raises(CommandError, match="Give the path"):
        grant(under="catalogue")


def test_without_a_site_the_remedy_is_said(root: Any) -> None:
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="no default site"):
        grant()
