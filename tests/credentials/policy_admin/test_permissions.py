"""Everyone in the admin reads the policy; only its owner writes it; nobody else sees it (SC-3)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.admin.policy.urls import _ADDRESSES
from credentials.compliance import what_if
from credentials.compliance.policies import policy_in_force
from credentials.models import PolicyVersion, WhatIf

pytestmark = [pytest.mark.django_db, pytest.mark.clause("SC-3")]

READ = {
    "index",
    "version",
    "changes",
    "clause",
    "clause_export",
    "what_if",
    "what_if_progress",
    "what_if_export",
}
ONLY_POST = {"begin_what_if", "what_if_start", "what_if_cancel", "what_if_delete"}
NAMES = sorted({str(address.name) for address in _ADDRESSES})
WRITE = sorted(set(NAMES) - READ)


@pytest.fixture
def trial(policy_draft: PolicyVersion) -> WhatIf:
    """A what-if that waits."""
    return what_if.begin(policy_draft, None)


def address(name: str, draft: PolicyVersion, trial: WhatIf) -> str:
    """The address of a page by its name."""
    arguments: list[Any] = [draft.pk]
    if name == "index":
        arguments = []
    if name in ("clause", "clause_export"):
        arguments = ["MC-4"]
    if name.startswith("what_if"):
        arguments = [trial.pk]
    if name.endswith("_export"):
        arguments.append("csv")
    if name in ("edit_clause", "delete_clause"):
        arguments.append(draft.clauses.get(number="MC-4").pk)
    return reverse(f"policy:{name}", args=arguments)


def state(draft: PolicyVersion) -> list[Any]:
    """All that a page of the policy could change."""
    return [
        list(PolicyVersion.objects.order_by("pk").values_list()),
        list(draft.clauses.order_by("pk").values_list()),
        policy_in_force().pk,
        list(WhatIf.objects.values_list()),
    ]


@pytest.mark.parametrize("name", sorted(READ))
def test_an_editor_reads(
    as_editor: Client, policy_draft: PolicyVersion, trial: WhatIf, name: str
) -> None:
    assert as_editor.get(address(name, policy_draft, trial)).status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_an_editor_does_not_write(
    as_editor: Client, policy_draft: PolicyVersion, trial: WhatIf, name: str
) -> None:
    before = state(policy_draft)
    url = address(name, policy_draft, trial)
    for response in (as_editor.get(url), as_editor.post(url, {"label": "Mine"})):
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    assert state(policy_draft) == before


@pytest.mark.parametrize("name", NAMES)
def test_without_access_to_the_admin_nothing_is_seen(
    client: Client, policy_draft: PolicyVersion, trial: WhatIf, name: str
) -> None:
    url = address(name, policy_draft, trial)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("name", NAMES)
def test_the_owner_reaches_every_page(
    as_owner: Client, policy_draft: PolicyVersion, trial: WhatIf, name: str
) -> None:
    response = as_owner.get(address(name, policy_draft, trial))
    assert response.status_code == (405 if name in ONLY_POST else 200)


@pytest.mark.parametrize(
    "name", ["facts", "add_clause", "edit_clause", "delete_clause", "delete_draft", "adopt"]
)
def test_an_adopted_version_refuses_its_owner_too(
    as_owner: Client, trial: WhatIf, name: str
) -> None:
    version = policy_in_force()
    before = state(version)
    url = address(name, version, trial)
    for response in (as_owner.get(url), as_owner.post(url, {"label": "Other"})):
        assert response.status_code == 302
    assert state(version) == before


def test_the_menu_leads_every_reader_there(as_editor: Client) -> None:
    page = as_editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("policy:index") in page


def test_only_the_owner_is_offered_to_write(as_editor: Client, as_owner: Client) -> None:
    url = reverse("policy:index")
    button = reverse("policy:new_draft", args=[policy_in_force().pk])
    assert button in as_owner.get(url).content.decode()
    assert button not in as_editor.get(url).content.decode()
