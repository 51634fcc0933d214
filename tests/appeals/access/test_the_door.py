"""The one door: a superuser says why, every look is logged, conflicts shut it (AP-1, law 6)."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.access.door import open_case, open_list, visible_cases
from appeals.acts import additions
from appeals.acts import people as acting_people
from appeals.acts.filing import FirstDecider
from appeals.choices import Looked, Stage
from appeals.exceptions import CaseRefused, ReasonNeeded
from appeals.models import Case, CaseAccess
from tests.appeals.making import NAME, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

REASON = "The statement of case does not load; ticket 4711."


def test_a_superuser_gives_a_reason_which_the_office_reads(
    staff: dict[str, Any], people: dict[str, Any], client: Client
) -> None:
    case = make_case(staff)
    client.force_login(people["superuser"])
    address = reverse("appeals_admin:case", args=[case.number])
    form = client.get(address, follow=True)
    assert "Why do you have to look?" in form.content.decode()
    asked = reverse("appeals_admin:reason_for_case", args=[case.number])
    assert "at least 15" in client.post(asked, {"reason": "fault"}).content.decode()
    assert not CaseAccess.objects.filter(is_superuser=True).exists()
    shown = client.post(asked, {"reason": REASON}, follow=True)
    assert NAME in shown.content.decode()
    entry = CaseAccess.objects.get(is_superuser=True)
    assert (entry.case, entry.what, entry.reason) == (case, Looked.CASE, REASON)
    client.force_login(staff["office"])
    assert REASON in client.get(reverse("appeals_admin:log")).content.decode()


def test_a_reason_for_one_case_opens_no_other_and_no_list(
    staff: dict[str, Any], people: dict[str, Any], client: Client
) -> None:
    case, other = make_case(staff), make_case(staff)
    client.force_login(people["superuser"])
    asked = reverse("appeals_admin:reason_for_case", args=[case.number])
    client.post(asked, {"reason": REASON})
    assert client.get(reverse("appeals_admin:case", args=[case.number])).status_code == 200
    for shut in (
        reverse("appeals_admin:case", args=[other.number]),
        reverse("appeals_admin:board"),
    ):
        assert "reason" in client.get(shut)["Location"]


def test_a_superuser_with_a_reason_looks_and_changes_nothing(
    staff: dict[str, Any], people: dict[str, Any], client: Client
) -> None:
    case = make_case(staff)
    client.force_login(people["superuser"])
    client.post(reverse("appeals_admin:reason_for_case", args=[case.number]), {"reason": REASON})
    act = reverse("appeals_admin:act", args=[case.number, "note"])
    assert client.get(act).status_code == 302
    assert "not yours" in client.post(act, {"text": "I was here"}).content.decode()
    assert case.events.count() == 1
    with pytest.raises(CaseRefused):
        additions.note(people["superuser"], case, "I was here")


def test_the_reason_is_over_after_an_hour(
    staff: dict[str, Any], people: dict[str, Any], client: Client, monkeypatch: Any
) -> None:
    case = make_case(staff)
    client.force_login(people["superuser"])
    client.post(reverse("appeals_admin:reason_for_case", args=[case.number]), {"reason": REASON})
    later = timezone.now() + datetime.timedelta(minutes=61)
    monkeypatch.setattr("appeals.admin.reasons.timezone.now", lambda: later)
    assert client.get(reverse("appeals_admin:case", args=[case.number])).status_code == 302


def test_each_look_is_logged_with_who_and_what(staff: dict[str, Any], client: Client) -> None:
    case = make_case(staff)
    client.force_login(staff["office"])
    client.get(reverse("appeals_admin:board"))
    client.get(reverse("appeals_admin:case", args=[case.number]))
    client.get(reverse("appeals_admin:act", args=[case.number, "note"]))
    client.get(reverse("appeals_case_modeladmin_index"))
    client.get(reverse("appeals_case_modeladmin_index") + "?export=csv")
    looks = CaseAccess.objects.exclude(what=Looked.MEMBER_ADDED)  # as the fixture makes people
    found = looks.order_by("pk").values_list("what", "case", "by_name", "detail")
    assert list(found) == [
        ("board", None, "Office", ""),
        ("case", case.pk, "Office", ""),
        ("act", case.pk, "Office", "note"),
        ("register", None, "Office", ""),
        ("export", None, "Office", "csv"),
    ]


def test_a_superuser_cannot_look_without_a_reason_by_code(
    staff: dict[str, Any], people: dict[str, Any]
) -> None:
    case = make_case(staff)
    for number in (case.number, "A-1999-9999"):
        with pytest.raises(ReasonNeeded):
            open_case(people["superuser"], number, Looked.CASE, reason="  ")
    with pytest.raises(ReasonNeeded):
        open_list(people["superuser"], Looked.BOARD)
    with pytest.raises(Http404):
        open_case(people["superuser"], "A-1999-9999", Looked.CASE, reason=REASON)


@pytest.mark.parametrize(
    "decider",
    [
        lambda user: FirstDecider("Somebody Else", "", str(user.pk)),
        lambda user: FirstDecider("Somebody Else", user.email.upper()),
        lambda user: FirstDecider("  cólleague "),
    ],
    ids=["by account", "by e-mail", "by name"],
)
def test_who_took_the_decision_neither_sees_nor_works_nor_decides(
    decider: Any, staff: dict[str, Any]
) -> None:
    colleague = staff["colleague"]
    case = make_case(staff, Stage.COMPLETENESS, first_deciders=[decider(colleague)])
    assert not visible_cases(colleague).exists()
    assert visible_cases(staff["office"]).exists()
    with pytest.raises(Http404):
        open_case(colleague, case.number, Looked.CASE)
    with pytest.raises(CaseRefused):
        additions.note(colleague, case, "n")
    with pytest.raises(CaseRefused):
        acting_people.assign(staff["office"], case, colleague)
    today = timezone.localdate()
    instrument = acting_people.Instrument("Memo", today, today)
    with pytest.raises(CaseRefused):
        acting_people.delegate(staff["decider"], case, colleague, instrument)


def test_a_conflict_that_is_found_later_shuts_the_door_at_once(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.REVIEW)
    additions.note(staff["colleague"], case, "n")
    acting_people.record_conflict(
        staff["office"], case, FirstDecider("Colleague"), "Sat on the panel"
    )
    with pytest.raises(PermissionDenied):
        additions.note(staff["colleague"], case, "n")
    with pytest.raises(Http404):
        open_case(staff["colleague"], case.number, Looked.CASE)


def test_nobody_files_an_appeal_of_their_own_decision(staff: dict[str, Any]) -> None:
    with pytest.raises(CaseRefused, match="a colleague"):
        make_case(staff, first_deciders=[FirstDecider("Office")])
    assert not Case.objects.exists()


def test_a_delegate_sees_the_one_case_for_as_long_as_the_instrument_says(
    staff: dict[str, Any],
) -> None:
    case, other = make_case(staff), make_case(staff)
    delegate, today = staff["delegate"], timezone.localdate()
    instrument = acting_people.Instrument("Memo 7", today, today)
    acting_people.delegate(staff["decider"], case, delegate, instrument)
    assert open_case(delegate, case.number, Looked.CASE) == case
    assert list(visible_cases(delegate)) == [case]
    with pytest.raises(Http404):
        open_case(delegate, other.number, Looked.CASE)
    acting_people.revoke(staff["decider"], case, case.delegations.get())
    with pytest.raises(Http404):
        open_case(delegate, case.number, Looked.CASE)


def test_the_log_shows_no_case_to_who_has_a_conflict_with_it(
    staff: dict[str, Any], client: Client
) -> None:
    case = make_case(staff, first_deciders=[FirstDecider("Colleague")])
    open_case(staff["office"], case.number, Looked.CASE)
    client.force_login(staff["colleague"])
    assert case.number not in client.get(reverse("appeals_admin:log")).content.decode()
