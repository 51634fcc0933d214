"""Who has a part in a review: who writes the self-study, who is reminded, who may not decide."""

from typing import Any

from django.contrib.auth import get_user_model

from credentials.models import Contribution
from credentials.people.actors import Actor, Person
from credentials.people.identity import Recused, recuse
from credentials.record.ledger import PublishedVersion
from workflows.choices import Office, ReviewState
from workflows.deciding.offices import is_in_office
from workflows.models import Committee, ReviewCycle, ReviewSubmission, SeatTerm
from workflows.notices.recipients import People, in_office, with_keys
from workflows.reviews.authority import committee_for

PROFILE = "wagtail_userprofile"


def may_write(person: Person, cycle: ReviewCycle) -> bool:
    """Whether this person works on the self-study: its lead, the Department, its page's editors."""
    if person.pk is None or not person.is_active:
        return False
    if cycle.lead_id == person.pk or is_in_office(person, Office.DEPARTMENT):
        return True
    return bool(cycle.offering.specific.permissions_for_user(person).can_edit())


def authors_under_review(offering_id: int) -> dict[str, str]:
    """Who wrote the governed content that is published: keys to names (law 4).

    Who only changed a fee or a date is no author of what is reviewed.
    """
    published = PublishedVersion.objects.filter(offering=offering_id).publishing_content()
    content_before, hash_before = 0, ""
    governed: set[int] = set()
    for number, governed_hash in published.order_by("number").values_list(
        "number", "governed_hash"
    ):
        if governed_hash != hash_before:
            # Contributed since the content before, whichever version the row names (law 4).
            governed.update(range(content_before, number))
        content_before, hash_before = number, governed_hash
    contributions = Contribution.objects.filter(offering=offering_id, since__in=governed)
    return dict(contributions.order_by("pk").values_list("user_key", "user_name"))


def recused_from(submission: ReviewSubmission) -> Recused:
    """Who may not decide: authors of the offering and of the self-study, by any account."""
    own = {
        **authors_under_review(submission.offering_id),
        **submission.authors,
        submission.submitted_by_key: submission.submitted_by_name,
    }
    return recuse(Actor(key, name) for key, name in own.items())


class Responsible:
    """Who is reminded of reviews; offices are asked for once in a run of the job."""

    def __init__(self) -> None:
        self._offices: dict[str, People] = {}
        self._people: dict[Any, Any] = {}

    def for_review(self, cycle: ReviewCycle, owner_id: int | None) -> People:
        """The Department, with the lead, else the page's owner; once submitted, who decides."""
        people = set(self._office(Office.DEPARTMENT))
        if cycle.state == ReviewState.WITH_DECIDER:
            committee = committee_for(cycle.offering)
            return people | self._presiding(committee) if committee else people
        person = self._person(cycle.lead_id) or self._person(owner_id)
        return people | ({person} if person else set())

    def _office(self, office: str) -> People:
        if office not in self._offices:
            self._offices[office] = _with_profiles(in_office(office))
        return self._offices[office]

    def _presiding(self, committee: Committee) -> People:
        key = f"committee:{committee.pk}"
        if key not in self._offices:
            self._offices[key] = _with_profiles(presiding(committee))
        return self._offices[key]

    def _person(self, key: int | None) -> Any:
        if key is None:
            return None
        if key not in self._people:
            active = get_user_model()._default_manager.filter(pk=key, is_active=True)
            self._people[key] = active.select_related(PROFILE).first()
        return self._people[key]


def _with_profiles(people: People) -> People:
    """The same people with the languages they read, asked for together."""
    found = get_user_model()._default_manager.filter(pk__in=[person.pk for person in people])
    return set(found.select_related(PROFILE))


def presiding(committee: Committee) -> People:
    """Who chairs a committee, and its secretary."""
    terms = SeatTerm.objects.on().presiding().filter(seat__committee=committee)
    return with_keys(set(terms.values_list("person_key", flat=True)))
