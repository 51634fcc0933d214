"""Making and dissolving bundles: proposals that are published together or not at all (GB-3)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.models import Offering
from credentials.people.actors import Person, actor_of
from credentials.record.authorship import authors_of
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.deciding.position import route_of, standing_decision
from workflows.deciding.progress import bundle_of
from workflows.exceptions import DecisionRefused
from workflows.models import Bundle, BundledOffering
from workflows.stages.current_stage import stage_state_of

FEWEST = 2


def may_bundle(person: Person, offering: Offering) -> bool:
    """Whether this person may bundle a proposal: the Department, or one of its authors."""
    if person.pk is None or not person.is_active:
        return False
    return is_in_office(person, Office.DEPARTMENT) or str(person.pk) in authors_of(offering)


def make_bundle(
    person: Person, offerings: Sequence[Offering], title: str, reason: str, reference: str = ""
) -> Bundle:
    """Bundle proposals. Raises DecisionRefused naming what stands against it."""
    if len({offering.pk for offering in offerings}) < FEWEST:
        raise DecisionRefused(_("Choose at least two proposals that belong together."))
    if not title.strip() or not reason.strip():
        raise DecisionRefused(_("Give the bundle a title, and say why they belong together."))
    with transaction.atomic():
        keys = [offering.pk for offering in offerings]
        held = list(
            Offering.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        )
        drafts = [offering.specific.get_latest_revision_as_object() for offering in held]
        for draft in drafts:
            _check_member(person, draft)
        return write_bundle(person, drafts, title, reason, reference)


def write_bundle(
    person: Person, drafts: Sequence[Offering], title: str, reason: str, reference: str = ""
) -> Bundle:
    """Write down that these drafts, which may be bundled, belong together; in a transaction."""
    by = actor_of(person)
    bundle = Bundle.objects.create(
        title=title.strip()[:200],
        reason=reason.strip(),
        external_reference=reference.strip()[:100],
        made_by_key=by.key,
        made_by_name=by.name,
    )
    BundledOffering.objects.bulk_create(
        BundledOffering(bundle=bundle, offering_id=draft.pk, title=draft.title) for draft in drafts
    )
    return bundle


def dissolve_bundle(bundle: Bundle, person: Person) -> None:
    """Let each proposal go its own way; those that only waited for the others go on at once.

    Raises DecisionRefused.
    """
    with transaction.atomic():
        bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
        if bundle.state != Bundle.State.OPEN:
            raise DecisionRefused(_("This bundle is closed already."))
        members = [member.offering for member in bundle.members.select_related("offering")]
        if not all(may_bundle(person, offering) for offering in members):
            raise DecisionRefused(_("Only those who may bundle these proposals dissolve it."))
        bundle.state, bundle.closed_at = Bundle.State.DISSOLVED, timezone.now()
        bundle.save()
        for offering in members:
            state = stage_state_of(offering)
            if state is not None and standing_decision(state) is not None:
                state.go_on(person)


def _check_member(person: Person, draft: Offering) -> None:
    names = {"title": draft.title}
    if not may_bundle(person, draft):
        raise DecisionRefused(_("Only the Department and its authors bundle “%(title)s”.") % names)
    if bundle_of(draft.pk) is not None:
        raise DecisionRefused(_("“%(title)s” stands in another bundle already.") % names)
    if route_of(draft) is None:
        raise DecisionRefused(_("“%(title)s” proposes nothing: it is as published.") % names)
    state = stage_state_of(draft)
    if state is not None and standing_decision(state) is not None:
        raise DecisionRefused(_("“%(title)s” is decided on its whole route already.") % names)
