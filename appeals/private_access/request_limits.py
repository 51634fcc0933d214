"""How often strangers may ask for something: counted in the database, by keyed hashes (law 6)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from appeals.exceptions import TooMany
from appeals.models import RequestCount
from credentials.conf import conf


@dataclass(frozen=True)
class Limit:
    """So many requests of one kind within a time."""

    kind: str
    most: int
    within: datetime.timedelta


MESSAGES_TO_ADDRESS = Limit("messages-to-address", 5, datetime.timedelta(hours=1))
MESSAGES_FROM_PLACE = Limit("messages-from-place", 30, datetime.timedelta(hours=1))
CODES_FROM_PLACE = Limit("codes-from-place", 100, datetime.timedelta(hours=1))


def spend(limit: Limit, place: str) -> None:
    """Count one request. Raises TooMany, with how long to wait, when there were enough."""
    now = timezone.now()
    key = salted_hmac(f"appeals.{limit.kind}", place.strip().casefold(), algorithm="sha256")
    with transaction.atomic():
        RequestCount.objects.get_or_create(
            place_hash=key.hexdigest(), defaults={"ends_at": now + limit.within}
        )
        counted = RequestCount.objects.select_for_update().get(place_hash=key.hexdigest())
        if counted.ends_at <= now:
            counted.count, counted.ends_at = 0, now + limit.within
        is_over = counted.count >= limit.most
        if not is_over:
            counted.count += 1
            counted.save(update_fields=["count", "ends_at"])
    if is_over:
        minutes = max(1, round((counted.ends_at - now).total_seconds() / 60))
        raise TooMany(
            _(
                "This was asked for very often. Wait %(minutes)s minutes, then try again, or write "
                "to %(address)s."
            )
            % {"minutes": minutes, "address": conf().CONTACT_EMAIL}
        )


def place_of(request: HttpRequest) -> str:
    """The network address that a request came from: the connection's, or what the proxy says."""
    header = conf().CLIENT_ADDRESS_HEADER
    told = request.headers.get(header, "") if header else ""
    return told or str(request.META.get("REMOTE_ADDR") or "")


def forget_old_counts(now: datetime.datetime | None = None) -> int:
    """Delete counts whose time is over; how many."""
    return RequestCount.objects.filter(ends_at__lte=now or timezone.now()).delete()[0]
