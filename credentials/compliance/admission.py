"""The admission authority settles exactly these requirements (AD-1 to AD-4)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from credentials.compliance.offering_reader import requirements_hash
from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.exceptions import SignOffRefused
from credentials.models import AdmissionSignOff, Offering
from credentials.people.actors import Person, name_of
from credentials.policy.admission import Authority
from credentials.record.authorship import recused_authors

SIGNED_OFF = "credentials.admission.sign_off"


@dataclass(frozen=True)
class Consultation:
    """Who was consulted, on which day, and what was said (AD-2, AD-3)."""

    consulted: str = ""
    consulted_on: datetime.date | None = None
    said: str = ""


def register_log_actions(actions: Any) -> None:
    """Tell Wagtail's log what we do."""
    actions.register_action(
        SIGNED_OFF,
        gettext_lazy("Settle admission requirements"),
        gettext_lazy("Admission requirements settled"),
    )


def draft_to_sign(offering: Offering) -> Offering:
    """The newest draft, whose requirements are signed off."""
    draft: Offering = offering.specific.get_latest_revision_as_object()
    return draft


def refusal_for(person: Person, draft: Offering) -> str:
    """Why this person cannot settle these requirements; empty when they can."""
    authority = draft.admission_authority
    if not person.is_authenticated or not person.is_active:
        return _("Requirements are settled by a person; sign in first.")
    recused = recused_authors(draft)
    if recused.includes(person):
        refusal = _(
            "You wrote this draft, so you are recused. "
            "Another member of the %(authority)s must settle its requirements."
        ) % {"authority": authority.name}
        return recused.explain(person, refusal)
    if authority.clause == "AD-1":
        if _is_member(person, name=conf().ROLE_GROUPS["department"]):
            return ""
    elif draft.academic_unit is None:
        return _(
            "No academic unit is named, so nobody can settle the requirements. Choose the unit "
            "that developed the offering. %(clause)s"
        ) % {"clause": authority.clause}
    elif _is_member(person, pk__in=draft.academic_unit.approvers.values("pk")):
        return ""
    return _(
        "Only members of the %(authority)s settle these requirements (%(clause)s). Ask one of "
        "them to open this page."
    ) % {"authority": authority.name, "clause": authority.clause}


def sign_off(
    offering: Offering, person: Person, *, shown_hash: str, consultation: Consultation
) -> AdmissionSignOff:
    """Write down that the authority settles the newest draft's requirements as they were shown.

    `shown_hash` is the requirements_hash of the text that the person read. Raises SignOffRefused
    when this person may not, the text has changed since, or the consultation is not recorded.
    """
    with transaction.atomic():
        held = Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
        draft = draft_to_sign(held)
        if refusal := refusal_for(person, draft):
            raise SignOffRefused(refusal)
        if shown_hash != requirements_hash(draft.admission_requirements):
            raise SignOffRefused(
                _("The requirements have changed since you opened this page. Read them again.")
            )
        authority = draft.admission_authority
        if authority.consults:
            _check_consultation(authority, consultation)
        made = AdmissionSignOff.objects.create(
            offering_id=draft.pk,
            authority=authority.name,
            clause=authority.clause,
            requirements=draft.admission_requirements,
            requirements_hash=shown_hash,
            consulted=consultation.consulted if authority.consults else "",
            consulted_on=consultation.consulted_on if authority.consults else None,
            consultation=consultation.said if authority.consults else "",
            policy_version=label_in_force(),
            signed_by_key=str(person.pk),
            signed_by_name=name_of(person),
        )
        log(instance=held, action=SIGNED_OFF, user=person)
    return made


def _check_consultation(authority: Authority, consultation: Consultation) -> None:
    day = consultation.consulted_on
    if not consultation.consulted.strip() or not consultation.said.strip() or day is None:
        raise SignOffRefused(
            _(
                "The %(office)s is consulted first. Record who was consulted, on which day, and "
                "what was said. %(clause)s"
            )
            % {"office": authority.consults, "clause": authority.clause}
        )
    if day > timezone.localdate():
        raise SignOffRefused(
            _("The day of the consultation lies in the future. Sign off once it has taken place.")
        )


def _is_member(person: Person, **group: Any) -> bool:
    return person.groups.filter(**group).exists()  # type: ignore[union-attr]
