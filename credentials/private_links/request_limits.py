"""How often strangers may ask for something: counted in the database, by keyed hashes (law 6)."""

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.conf import conf


class TooMany(Exception):
    """Something was asked for too often from one place. Carries a sentence for the person."""


class RequestCount(models.Model):
    """Requests of one kind from one place within a time. The place is a keyed hash only."""

    wagtail_reference_index_ignore: ClassVar[bool] = True

    place_hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(gettext_lazy("requests"), default=0)
    ends_at = models.DateTimeField(gettext_lazy("forgotten"), db_index=True)

    class Meta:
        verbose_name = gettext_lazy("count of requests")
        verbose_name_plural = gettext_lazy("counts of requests")

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True)
class Limit:
    """So many requests of one kind within a time."""

    kind: str
    most: int
    within: datetime.timedelta


ONE_HOUR = datetime.timedelta(hours=1)
MESSAGES_TO_ADDRESS = Limit("messages-to-address", 5, ONE_HOUR)
MESSAGES_FROM_PLACE = Limit("messages-from-place", 30, ONE_HOUR)
CODES_FROM_PLACE = Limit("codes-from-place", 100, ONE_HOUR)


def spend(limit: Limit, place: str) -> None:
    """Count one request. Raises TooMany, with how long to wait, when there were enough."""
    now = timezone.now()
    key = salted_hmac(f"private_links.{limit.kind}", place.strip().casefold(), algorithm="sha256")
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
