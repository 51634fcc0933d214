"""The procedure and the closures are the office's alone, also for superusers (AP-2)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from appeals.admin.office.closures import NAMESPACE as CLOSURES
from appeals.admin.procedures.pages import NAMESPACE as PROCEDURE
from appeals.admin.procedures.urls import CLOSURE_ADDRESSES, PROCEDURE_ADDRESSES
from appeals.adoption import bring_into_force, draft_from
from appeals.deadlines.closing_days import add_closure, remove_closure
from appeals.models import LetterTemplate, Procedure, UniversityClosure
from credentials.conf import conf

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

NAMES = sorted(
    f"{namespace}:{address.name}"
    for namespace, addresses in ((PROCEDURE, PROCEDURE_ADDRESSES), (CLOSURES, CLOSURE_ADDRESSES))
    for address in addresses
)
STRANGERS = ["editor", "department", "committee", "superuser", "appeals_decider", "policy_owner"]
WITHOUT_OBJECT = {f"{PROCEDURE}:index", f"{CLOSURES}:index", f"{CLOSURES}:add"}


def address(name: str, draft: Procedure, closure: UniversityClosure) -> str:
    """A page's address by its name."""
    if name.endswith(":export"):
        return reverse(name, args=["csv"])
    if name in WITHOUT_OBJECT:
        return reverse(name)
    if name == f"{PROCEDURE}:letter":
        return reverse(name, args=[draft.pk, draft.letters.first().pk])
    return reverse(name, args=[closure.pk if name.startswith(CLOSURES) else draft.pk])


def state() -> list[Any]:
    """All that these pages could change."""
    models: list[Any] = [Procedure, LetterTemplate, UniversityClosure]
    return [*(list(model.objects.order_by("pk").values_list()) for model in models)]


@pytest.fixture
def stranger(request: pytest.FixtureRequest, people: dict[str, Any]) -> Any:
    """Somebody with another role."""
    if request.param in people:
        return people[request.param]
    user = get_user_model().objects.create_user(request.param, password="secret")
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS[request.param]))
    return user


@pytest.mark.parametrize("name", NAMES)
def test_the_office_opens_every_page(
    as_office: Client, draft: Procedure, closure: UniversityClosure, name: str
) -> None:
    assert as_office.get(address(name, draft, closure)).status_code == 200


@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_others_get_what_the_admin_gives_for_a_forbidden_page(
    stranger: Any, draft: Procedure, closure: UniversityClosure
) -> None:
    client = Client()
    client.force_login(stranger)
    before = state()
    for name in NAMES:
        url = address(name, draft, closure)
        for response in (client.get(url), client.post(url, {"label": "Mine", "confirmed": "1"})):
            assert response.status_code == 302, name
            assert response["Location"] == reverse("wagtailadmin_home"), name
    assert state() == before


def test_nobody_who_is_not_signed_in_comes_further_than_the_sign_in(
    draft: Procedure, closure: UniversityClosure
) -> None:
    for name in NAMES:
        response = Client().get(address(name, draft, closure))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_others_are_refused_where_the_act_happens(
    stranger: Any, draft: Procedure, closure: UniversityClosure
) -> None:
    acts: list[Any] = [
        lambda: draft_from(draft, stranger, "Mine"),
        lambda: bring_into_force(draft, closure.first_day, stranger),
        lambda: add_closure(UniversityClosure(), stranger),
        lambda: remove_closure(closure, stranger),
    ]
    before = state()
    for act in acts:
        with pytest.raises(Exception, match="Only the Office of the Deputy Provost"):
            act()
    assert state() == before


@pytest.mark.parametrize(("role", "sees"), [("office", True), ("superuser", False)])
def test_only_the_office_finds_appeals_in_the_menu(
    people: dict[str, Any], office: Any, role: str, sees: bool
) -> None:
    client = Client()
    client.force_login(office if role == "office" else people[role])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(f"{PROCEDURE}:index") in page) is sees
