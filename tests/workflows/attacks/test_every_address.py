"""Every address of governance: looking changes nothing, no other site acts, no stranger reads."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from credentials.models import PublishedVersion
from tests.committee import carry, vote_all
from tests.people import person
from workflows.admin.urls import urlpatterns
from workflows.models import DecisionLetter, Meeting, Motion

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Any:
    """Somebody who may enter the admin, and nothing else."""
    user = get_user_model().objects.create_user("stranger")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def recorded() -> dict[str, int]:
    """How many rows there are of everything that governance keeps."""
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("workflows").get_models()
        if not model.__name__.startswith("Historical")
    }


def addresses(**keys: int) -> list[str]:
    """Every address of governance in the admin that has these keys, but those that name an act."""
    found = []
    for pattern in urlpatterns:
        names = list(pattern.pattern.converters)
        values = {name: keys.get(name) or keys.get(f"{pattern.name}_{name}") for name in names}
        if all(values.values()):
            found.append(reverse(f"governance:{pattern.name}", kwargs=values))
    return found


def every_address(proposal: Any, motion: Motion, meeting: Meeting) -> list[str]:
    """Every address there is, for this proposal, motion and meeting."""
    keys = {
        "page_id": proposal.pk,
        "motion_pk": motion.pk,
        "close_motion_pk": motion.pk,
        "committee_pk": motion.committee_id,
        "committee_seats_pk": motion.committee_id,
        "committee_rules_pk": motion.committee_id,
        **{
            f"{name}_pk": meeting.pk
            for name in (
                "meeting",
                "edit_meeting",
                "run_meeting",
                "vote_on_consent",
                "minutes",
                "agenda_package",
                "agenda_pdf",
            )
        },
    }
    acts = [
        reverse("governance:act", args=[proposal.pk, act])
        for act in ("hold", "resume", "override", "withdraw", "assign", "note", "record")
    ] + [
        reverse("governance:meeting_act", args=[meeting.pk, act])
        for act in ("build", "call", "cancel", "open", "put", "put_consent", "adjourn", "confirm")
    ]
    return addresses(**keys) + acts


def test_looking_changes_nothing(
    proposal: Any, motion: Motion, meeting: Meeting, seated: Any, owner: Any, signed_in: Any
) -> None:
    vote_all(motion)
    before = recorded()
    found = every_address(proposal, motion, meeting)
    assert len(found) > 25
    for someone in (seated["secretary"], person("department"), owner):
        client = signed_in(someone)
        for address in found:
            answer = client.get(address, {"act": "open", "choice": "yes", "reason": "Mine."})
            assert answer.status_code < 500, address
    assert recorded() == before
    assert Motion.objects.get().is_open
    assert not PublishedVersion.objects.exists()


def test_nothing_is_taken_from_another_site(
    proposal: Any, motion: Motion, meeting: Meeting, seated: Any
) -> None:
    vote_all(motion)
    client = Client(enforce_csrf_checks=True)
    client.force_login(seated["secretary"])
    for address in every_address(proposal, motion, meeting):
        assert client.post(address, {"reason": "Mine."}).status_code in (403, 405), address


def test_a_stranger_reads_nothing(
    proposal: Any, seated: Any, meeting: Meeting, stranger: Any, signed_in: Any
) -> None:
    motion = carry(proposal)
    letter = DecisionLetter.objects.latest("pk")
    found = [
        *every_address(proposal, motion, meeting),
        reverse("governance:letter", args=[letter.pk]),
        reverse("governance:letter_pdf", args=[letter.pk]),
        reverse("governance:minutes_pdf", args=[meeting.pk]) + "?number=draft",
        reverse("governance:approval", args=[proposal.approvals.get().pk]),
    ]
    own = {reverse("governance:calendar")}
    client = signed_in(stranger)
    for address in [address for address in found if address not in own]:
        assert client.get(address).status_code in (302, 403, 404, 405), address
