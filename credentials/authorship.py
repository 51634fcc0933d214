"""Who authored the content under decision (law 4)."""

from typing import TYPE_CHECKING

from credentials.catalogue.ledger import PublishedVersion
from credentials.content import freeze
from credentials.models.contributions import Contribution
from credentials.people import Person, name_of

if TYPE_CHECKING:
    from credentials.models import Offering


def record_contribution(offering: "Offering", user: Person | None) -> None:
    """Remember that a person changed the content; a save that changes nothing makes no author."""
    if user is None or not offering.pk:
        return
    latest = offering.latest_revision
    if latest and freeze(latest.as_object()).content_hash == freeze(offering).content_hash:
        return
    Contribution.objects.get_or_create(
        offering_id=offering.pk,
        since=_since(offering),
        user_key=str(user.pk),
        defaults={"user_name": name_of(user)},
    )


def authors_of(offering: "Offering") -> dict[str, str]:
    """People who changed the content since the published version: key to name."""
    contributions = Contribution.objects.filter(offering_id=offering.pk, since=_since(offering))
    return dict(contributions.values_list("user_key", "user_name"))


def _since(offering: "Offering") -> int:
    head = PublishedVersion.objects.head_of(offering.pk)
    return head.number if head else 0
