"""E-mail about cases: the number and a link, and nothing else of the case (law 6)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url

from appeals.access.door import has_conflict
from appeals.choices import Act, Purpose
from appeals.models import Case
from appeals.private_access import links
from appeals.private_access.contact import contact_of
from credentials.conf import conf
from credentials.mail import send_on_commit

TEMPLATES = "appeals/mail"


def acknowledge(case: Case) -> None:
    """Tell the appellant that their appeal arrived: its number, and a private link to it."""
    _send_link(case, Purpose.APPELLANT, contact_of(case).email, "filed")


def tell_appellant(case: Case) -> None:
    """Send the appellant a new private link to their case, in their language."""
    _send_link(case, Purpose.APPELLANT, contact_of(case).email, "appellant")


def ask_respondent(case: Case, email: str) -> None:
    """Send the original decision-maker a private link on which they respond."""
    _send_link(case, Purpose.RESPONDENT, email, "respondent")


def tell_office(case: Case) -> None:
    """Tell those of the office who may see the case that something came in."""
    tell_people(case, office_of())


def tell_deciders(case: Case) -> None:
    """Tell those who may decide the case that it waits for them."""
    tell_people(case, deciders_of(case))


def tell_people(case: Case, people: Iterable[Any]) -> None:
    """Send those who may see the case its number and its address in the admin."""
    context = {"number": case.number, "link": address_of_case(case)}
    for person in people:
        if person.email and not has_conflict(person, case):
            send_on_commit(person.email, f"{TEMPLATES}/staff", context)


def address_of_case(case: Case) -> str:
    """Where people with an account read it."""
    address = reverse("appeals_admin:case", args=[case.number])
    return str(get_admin_base_url() + address)


def office_of() -> list[Any]:
    """Those who work cases."""
    return _members("appeals_office")


def deciders_of(case: Case) -> list[Any]:
    """The deciders, and those to whom this case is delegated now."""
    now = timezone.now()
    revoked = case.events.filter(act=Act.DELEGATION_REVOKED).values("delegation")
    given = case.delegations.filter(starts_at__lte=now, ends_at__gt=now).exclude(pk__in=revoked)
    holders = get_user_model().objects.filter(
        pk__in=list(given.values_list("holder_key", flat=True)), is_active=True
    )
    return list({person.pk: person for person in (*_members("appeals_decider"), *holders)}.values())


def _members(role: str) -> list[Any]:
    people = get_user_model().objects.filter(groups__name=conf().ROLE_GROUPS[role], is_active=True)
    return list(people.distinct())


def _send_link(case: Case, purpose: Purpose, email: str, template: str) -> None:
    link = links.address_of(links.issue(purpose, email, case=case))
    with override(case.language):
        context = {"number": case.number, "link": link}
        send_on_commit(email, f"{TEMPLATES}/{template}", context)
