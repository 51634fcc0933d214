"""Who authored the content under decision (law 4)."""

from typing import TYPE_CHECKING

from django.utils.dateparse import parse_datetime

from credentials.people.actors import Actor, Person, actor_of, name_of
from credentials.people.identity import Recused, leave_trace, recuse
from credentials.record.content import freeze
from credentials.record.contributions import Contribution
from credentials.record.ledger import PublishedVersion

if TYPE_CHECKING:
    from credentials.models import Offering


def record_contribution(offering: "Offering", user: Person | None) -> None:
    """Remember that a person changed the content; a save that changes nothing makes no author."""
    if not offering.pk:
        return
    _bring_along(offering)
    if user is None:
        return
    latest = offering.latest_revision
    if latest and freeze(latest.as_object()).content_hash == freeze(offering).content_hash:
        return
    author = actor_of(user)
    _row, is_new = Contribution.objects.get_or_create(
        offering_id=offering.pk,
        since=_since(offering),
        user_key=author.key,
        defaults={"user_name": author.name},
    )
    if is_new:
        leave_trace(user)


def _bring_along(offering: "Offering") -> None:
    """The authors of a copy are those who wrote what it was copied from.

    A copy brings its revisions along, and has no contributions yet. What the original had
    published was decided; who wrote that is not its author any more.
    """
    if Contribution.objects.filter(offering_id=offering.pk).exists():
        return
    latest = offering.revisions.order_by("created_at", "pk").last()
    if latest is None:
        return
    written = offering.revisions.filter(user__isnull=False).select_related("user")
    if published := latest.content.get("last_published_at"):
        written = written.filter(created_at__gt=parse_datetime(published))
    Contribution.objects.bulk_create(
        Contribution(
            offering_id=offering.pk,
            since=_since(offering),
            user_key=str(user.pk),
            user_name=name_of(user),
        )
        for user in {revision.user for revision in written.defer("content")}
    )


def authors_of(offering: "Offering", since: int | None = None) -> dict[str, str]:
    """People who changed the content since content was last published: key to name.

    A version that only told of OSAP, of a retirement or a withdrawal published none: what was
    written before it is under decision still. `since` is the number of the version that did, 0
    without one, where the caller has read it already.
    """
    since = _since(offering) if since is None else since
    # Rows once named the newest version of any kind, which is that number or a later one.
    contributions = Contribution.objects.filter(offering_id=offering.pk, since__gte=since)
    return dict(contributions.order_by("pk").values_list("user_key", "user_name"))


def recused_authors(offering: "Offering") -> Recused:
    """The authors, by any account of theirs: they do not decide on what they wrote (law 4)."""
    return recuse(Actor(key, name) for key, name in authors_of(offering).items())


def _since(offering: "Offering") -> int:
    return PublishedVersion.objects.number_of_content(offering.pk)
