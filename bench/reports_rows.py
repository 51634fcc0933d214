"""The rows of the reports' benchmark: the site once, then offerings with their history."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from bench.history import add_history
from bench.holdings import add_holdings, add_offerings, seat_committee
from credentials.models import Offering
from workflows.models import Ballot, Decision, ProposalEvent


def add(size: int, events: int) -> str:
    """Add so many offerings with so many events; says how many rows there are to count now."""
    _prepare_site()
    keys = add_offerings(Page.objects.get(slug="catalogue"), size)
    add_holdings(keys)
    add_history(keys, events)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    counted = {m.__name__: m.objects.count() for m in (Offering, ProposalEvent, Decision, Ballot)}
    return ", ".join(f"{number:,} {name}" for name, number in counted.items())


def _prepare_site() -> None:
    """What stands once, however much is loaded."""
    if "auth_user" in connection.introspection.table_names():
        return
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser("bench", "", None)
    seat_committee()
