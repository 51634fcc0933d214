"""What governance tells of an offering: drafts, acts, decisions, motions, publications."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from credentials.models import (
    AdmissionSignOff,
    AgreementSignature,
    Approval,
    Offering,
    PublishedVersion,
)
from credentials.people.actors import name_of, signed
from credentials.timeline import Entry, Source
from workflows.committee.outcome_words import explain
from workflows.models import ConditionMet, Decision, Motion, ProposalEvent
from workflows.timeline.record_changes import record_changes


def _revisions(offering: Offering) -> Iterator[Entry]:
    """Drafts, one entry for each person and day; purged ones are gone and nothing else is."""
    revisions = (
        Revision.objects.for_instance(offering)
        .select_related("user")
        .defer("content")
        .order_by("created_at")
    )
    days: dict[tuple[datetime.date, Any], list[Revision]] = {}
    for revision in revisions:
        day = timezone.localdate(revision.created_at)
        days.setdefault((day, revision.user), []).append(revision)
    for (_day, user), saved in days.items():
        yield Entry(
            at=saved[-1].created_at,
            kind="revision",
            what=_("Drafts saved: %(count)s") % {"count": len(saved)},
            who=name_of(user) if user else "",
        )


def _acts(offering: Offering) -> Iterator[Entry]:
    for event in ProposalEvent.objects.filter(offering=offering.pk):
        text = ": ".join(filter(None, (event.to_name, event.text)))
        yield Entry(event.at, "act", str(event.get_kind_display()), event.who, text)


def _decisions(offering: Offering) -> Iterator[Entry]:
    for decision in Decision.objects.filter(offering=offering.pk):
        what = f"{decision.stage}: {decision.get_outcome_display()}"
        if decision.returned_to:
            what = _("%(what)s, back to %(stage)s") % {"what": what, "stage": decision.returned_to}
        yield Entry(
            at=decision.decided_at,
            kind="decision",
            what=what,
            who=decision.signature,
            text=decision.comment,
            policy=decision.policy_version,
            link=reverse("governance:proposal", args=[offering.pk]),
        )


def _motions(offering: Offering) -> Iterator[Entry]:
    for motion in Motion.objects.filter(offering=offering.pk).select_related("result", "committee"):
        link = reverse("governance:motion", args=[motion.pk])
        policy, name = motion.policy_version, motion.committee.name
        what = _("Motion opened: %(motion)s") % {"motion": motion.get_purpose_display()}
        yield Entry(motion.opened_at, "motion", what, motion.opened_by, "", policy, link)
        if not motion.is_open:
            said = explain(motion.result)
            what = _("Motion closed: %(motion)s") % {"motion": motion.get_purpose_display()}
            yield Entry(motion.result.closed_at, "motion", what, name, said, policy, link)
    met = ConditionMet.objects.filter(condition__motion__offering=offering.pk)
    for row in met.select_related("condition"):
        what = _("Condition met: %(text)s") % {"text": row.condition.text}
        yield Entry(row.met_at, "motion", what, row.met_by, row.note)


def _settlements(offering: Offering) -> Iterator[Entry]:
    for signature in AgreementSignature.objects.filter(offering=offering.pk):
        what = _("Responsibilities agreement signed")
        yield Entry(signature.signed_at, "settlement", what, signature.signed_by_name)
    for sign_off in AdmissionSignOff.objects.filter(offering=offering.pk):
        what = _("Admission requirements settled")
        who = f"{sign_off.signed_by_name}, {sign_off.authority}"
        policy = sign_off.policy_version
        yield Entry(sign_off.signed_at, "settlement", what, who, policy=policy)


def _publications(offering: Offering) -> Iterator[Entry]:
    for approval in Approval.objects.filter(offering=offering.pk).defer("content"):
        yield Entry(
            at=approval.decided_at,
            kind="publication",
            what=_("Approval %(reference)s: %(action)s")
            % {"reference": approval.reference, "action": approval.get_action_display()},
            who=signed(approval.decided_by_name, approval.authority),
            text=approval.reason,
            policy=approval.policy_version,
            link=reverse("governance:approval", args=[approval.pk]),
        )
    versions = PublishedVersion.objects.filter(offering=offering.pk).select_related("approval")
    for version in versions.defer("document", "approval__content"):
        yield Entry(
            at=version.valid_from,
            kind="publication",
            what=_("Version %(number)s: %(event)s")
            % {"number": version.number, "event": version.get_event_display()},
            who=version.approval.authority,
            text=version.note,
            policy=version.approval.policy_version,
            redline=reverse("governance:version", args=[version.pk]),
        )


def timeline_sources() -> list[Source]:
    """Governance's own, in the order in which they can be chosen."""
    return [
        Source("revision", gettext_lazy("Drafts"), _revisions),
        Source("act", gettext_lazy("Submissions and acts"), _acts),
        Source("decision", gettext_lazy("Decisions"), _decisions),
        Source("motion", gettext_lazy("Motions"), _motions),
        Source("settlement", gettext_lazy("Agreements and admission"), _settlements),
        Source("publication", gettext_lazy("Approvals and publications"), _publications),
        Source("record", gettext_lazy("Changes of records"), record_changes),
    ]
