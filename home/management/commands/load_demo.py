"""`manage.py load_demo`: load the demonstration catalogue, or what is missing of it."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from credentials.compliance.standings import refresh_all
from credentials.conf import conf
from credentials.people.roles import grant_roles
from credentials.record.log.batches import seal_all
from credentials.record.log.signing_keys import NoRecordKey
from home.demo.appeals import make_appeals
from home.demo.clock import Clock
from home.demo.data_files import UnreadableDemo, read_offerings
from home.demo.governance.annual_reports import make_annual_reports
from home.demo.governance.committee import seat_committee
from home.demo.governance.meetings import make_meetings
from home.demo.governance.osap import make_osap_records
from home.demo.governance.policy_draft import make_policy_draft
from home.demo.governance.reviews import make_reviews
from home.demo.job_log import make_job_log
from home.demo.loader import Loader, Step, quietly, run
from home.demo.offerings import check_keys
from home.demo.people import PASSWORD, SIGN_INS, NameTaken, People, make_people
from home.demo.site_pages import NoCatalogue, prepare_site
from home.demo.taxonomy import Taxonomy, make_taxonomy

SAFE_SETTINGS = frozenset({"config.settings.dev", "config.settings.test"})


class Command(BaseCommand):
    """Adds only what is missing, so it can be repeated, or run again after an interruption."""

    help = "Load the demonstration catalogue and its sign-ins. Safe to repeat; adds only its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force-demo",
            action="store_true",
            help="Load it with other than the development settings, known password and all.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, saying what is done on the way, and list the sign-ins at the end."""
        settings_module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
        if settings_module not in SAFE_SETTINGS and not options["force_demo"]:
            raise CommandError(
                _(
                    "The demonstration makes accounts, a superuser among them, whose password "
                    "everyone can read in its documentation, so it is not loaded with the settings "
                    "%(settings)s. Add --force-demo if nobody but you can reach this site."
                )
                % {"settings": settings_module}
            )
        try:
            with quietly():
                clock = Clock()
                catalogue, people, taxonomy = self._prepare(clock)
                records = read_offerings()
                check_keys(records)
                self._load(Loader(catalogue, people, taxonomy, clock).steps(records))
                with transaction.atomic():
                    make_reviews(people, clock)
                refresh_all()  # they were judged as of their own time, and before their reviews
                make_meetings(people, clock)
                make_job_log()
                seal_all()  # a report prints the checkpoint of its day
                make_annual_reports(people)
                make_osap_records(people)
                make_appeals(people, clock)
                seal_all()
        except (NameTaken, NoCatalogue, NoRecordKey, UnreadableDemo) as error:
            raise CommandError(str(error)) from error
        self._list_sign_ins(people)

    @staticmethod
    @transaction.atomic
    def _prepare(clock: Clock) -> tuple[Page, People, Taxonomy]:
        """Make what offerings stand on: pages, roles, people, a policy draft, units, skills."""
        catalogue = prepare_site(settings.BASE_URL)
        grant_roles(catalogue)
        people = make_people()
        make_policy_draft(people.policy_owner)
        seat_committee(people, clock)
        return catalogue, people, make_taxonomy(people.unit)

    def _load(self, steps: list[Step]) -> None:
        if not steps:
            self.stdout.write(_("The demonstration is loaded already; nothing was changed."))
            return
        self.stdout.write(
            _("Loading the demonstration catalogue of %(name)s: %(count)s steps.")
            % {"name": conf().INSTITUTION_NAME, "count": len(steps)}
        )
        for number, step in enumerate(run(steps), 1):
            self.stdout.write(f"  {number} / {len(steps)}  {step.name}")

    def _list_sign_ins(self, people: People) -> None:
        sign_ins = [sign_in for sign_in in SIGN_INS if people.is_ours(sign_in)]
        width = max(len(sign_in.username) for sign_in in sign_ins)
        self.stdout.write("")
        self.stdout.write(
            _("Sign in at %(address)s with the password %(password)s as:")
            % {"address": f"{settings.BASE_URL}/admin/", "password": PASSWORD}
        )
        for sign_in in sign_ins:
            name = f"{sign_in.first_name} {sign_in.last_name}"
            self.stdout.write(f"  {sign_in.username:<{width}}  {name}: {sign_in.does}")
