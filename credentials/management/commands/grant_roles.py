"""Give each role's group its permissions below one page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page, Site

from credentials.conf import conf
from credentials.people.roles import grant_roles


class Command(BaseCommand):
    """`manage.py grant_roles [--under PATH_OR_SLUG]`; safe to repeat."""

    help = "Gives the groups of CREDENCE['ROLE_GROUPS'] their permissions below a page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--under",
            metavar="PATH_OR_SLUG",
            help="the page under which offerings are made, as a slug (catalogue) or a path from "
            "the site's root (/learn/catalogue/); the default site's root page when left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        page = _page(options["under"])
        grant_roles(page)
        groups = ", ".join(conf().ROLE_GROUPS.values())
        self.stdout.write(f"Granted below “{page.title}”: {groups}. Put your people into them.")


def _page(under: str | None) -> Page:
    """Find the page. Raises CommandError naming the remedy when there is not exactly one."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None and (under is None or "/" in under):
        raise CommandError("There is no default site. Make one in the admin: Settings, Sites.")
    if under is None:
        return site.root_page
    if "/" not in under:
        pages = Page.objects.filter(slug=under)
    else:
        steps = [step for step in under.split("/") if step]
        pages = Page.objects.filter(
            url_path="/".join([site.root_page.url_path.rstrip("/"), *steps, ""])
        )
    found = list(pages[:2])
    if not found:
        raise CommandError(f"--under {under}: no page has this slug or path. Make the page first.")
    if len(found) > 1:
        raise CommandError(
            f"--under {under}: several pages have this slug. Give the path from the site's root "
            "instead, such as /learn/catalogue/."
        )
    return found[0]
