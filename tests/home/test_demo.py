"""The demonstration catalogue, loaded once: complete, and made by the real route."""

import datetime
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page, Site, WorkflowState

from credentials.choices import AssociationBasis, Category, CreditBasis, GroupRule, Kind, Language
from credentials.compliance.policies import terms_in_force
from credentials.compliance.reading import views_of
from credentials.content import freeze
from credentials.models import (
    Agreement,
    CatalogueEntry,
    MicroCredential,
    Offering,
    PublishedVersion,
    RequirementGroup,
)
from credentials.policy.evaluation import evaluate
from home.demo.people import PASSWORD, SIGN_INS
from tests.site_tree import make_catalogue
from workflows.models import Decision

WITH_GAPS = {  # drafts that show what the policy still asks for
    "demo-social-finance",
    "demo-hybrid-teams",
    "demo-food-allergens",
    "demo-cert-low-carbon-buildings",
}
WAITING = {
    "demo-mentor-badge": "agreement-signed",
    "demo-robotics-technologist": "admission-signed-off",
}
LONG = 20  # characters: shorter internal values, such as a name of a choice, occur anywhere


def load() -> str:
    """Run the command and return what it writes on the console."""
    console = StringIO()
    call_command("load_demo", stdout=console)
    return console.getvalue()


@pytest.fixture(scope="module", autouse=True)
def console(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """What loading wrote. Loading takes long, so all tests here share it, and it is taken back."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        if not Page.objects.filter(slug="catalogue").exists():
            make_catalogue()
        yield load()
        transaction.set_rollback(True)
    cache.clear()


def offerings() -> list[Any]:
    """Every offering as its own type."""
    return [page.specific for page in Offering.objects.all()]


def under_decision() -> list[Any]:
    """Every live offering, and the newest draft of every proposal under way."""
    live = [page for page in offerings() if page.live]
    drafts = [
        page.get_latest_revision_as_object() for page in offerings() if page.workflow_in_progress
    ]
    return [*live, *drafts]


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return {model._meta.label: model._base_manager.count() for model in models}


def values_in(content: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for item in content.values() if isinstance(content, dict) else content:
            yield from values_in(item)


def test_it_has_offerings_of_every_kind_and_category() -> None:
    made = Offering.objects.filter(live=True)
    assert 40 <= made.count() <= 60
    kinds = Counter(page.specific.kind for page in made)
    assert all(kinds[kind] >= 3 for kind in Kind)
    assert set(made.values_list("category", flat=True)) == set(Category.values)
    assert set(made.values_list("credit_basis", flat=True)) == set(CreditBasis.values)
    languages = Counter(made.values_list("language", flat=True))
    assert languages[Language.FRENCH] >= 4
    assert languages[Language.BILINGUAL] >= 1


def test_it_stacks_by_each_approach() -> None:
    approaches = Counter(
        entry.document["stacking"]["approach"]
        for entry in CatalogueEntry.objects.current().visible()
        if entry.document["stacking"]
    )
    assert approaches["vertical"] >= 2
    assert approaches["horizontal"] >= 2
    assert approaches["value_added"] >= 1
    assert Offering.objects.exclude(additional_requirements="").filter(live=True).exists()
    vertical = Offering.objects.filter(stacking_approach="vertical", live=True)
    assert all(page.prerequisites.exists() for page in vertical)
    rules = set(RequirementGroup.objects.values_list("rule", flat=True))
    assert rules >= {GroupRule.AT_LEAST, GroupRule.HOURS}


def test_what_is_live_or_under_way_meets_the_policy() -> None:
    terms = terms_in_force()
    reports = {view.title: evaluate(view, terms) for view in views_of(under_decision())}
    for reference, rule in WAITING.items():
        waiting = Offering.objects.get(reference=reference)
        asked_for = reports.pop(waiting.title).blocks_approval
        assert {finding.rule for finding in asked_for} == {rule}
    assert {title: found for title, r in reports.items() if (found := r.blocks_approval)} == {}


def test_every_draft_with_gaps_is_refused_for_them() -> None:
    drafts = [page for page in offerings() if page.reference in WITH_GAPS]
    terms = terms_in_force()
    views = views_of([page.get_latest_revision_as_object() for page in drafts])
    assert len(views) == len(WITH_GAPS)
    assert all(evaluate(view, terms).blocks_submission for view in views)


def test_agreements_stand_at_every_stage() -> None:
    states = Counter(Agreement.objects.values_list("state", flat=True))
    assert states[Agreement.State.DRAFT] == 1
    assert states[Agreement.State.OPEN] >= 20
    soon = timezone.localdate() + datetime.timedelta(days=30)
    assert Agreement.objects.filter(ends_on__lte=soon).count() == 1


def test_proposals_stand_at_every_stage_of_every_route() -> None:
    waiting = {
        (state.workflow.route.key, state.current_task_state.task.specific.office)
        for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    }
    assert waiting == {
        ("committee", "department"),
        ("committee", "committee"),
        ("course", "department"),
        ("editorial", "department"),
        ("contracted", "department"),
        ("for_credit", "department"),
        ("for_credit", "committee"),
    }
    sent_back = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    assert sent_back.count() >= 2
    not_submitted = [
        page for page in offerings() if page.has_unpublished_changes and not page.workflow_states
    ]
    assert {page.reference for page in not_submitted} >= WITH_GAPS


def test_the_ledger_tells_of_revisions_a_retirement_and_a_withdrawal() -> None:
    events = Counter(PublishedVersion.objects.values_list("event", flat=True))
    assert events["revised"] >= 5
    assert (events["retired"], events["withdrawn"]) == (1, 1)
    assert PublishedVersion.objects.filter(number=3, event="revised").exists()


def test_what_is_live_is_what_was_approved_and_nobody_decided_on_their_own() -> None:
    for page in Offering.objects.filter(live=True):
        head = PublishedVersion.objects.head_of(page.pk)
        assert head is not None
        assert head.approval.content_hash == freeze(page.specific).content_hash, page.title
    editor = get_user_model().objects.get(username="editor")
    assert not Decision.objects.filter(decided_by_key=str(editor.pk)).exists()
    assert len(set(Decision.objects.values_list("decided_by_name", flat=True))) >= 5


def test_every_micro_credential_has_its_basis_and_evidence() -> None:
    made = MicroCredential.objects.exclude(reference__in=WITH_GAPS)
    bases = set(made.values_list("association_basis", flat=True))
    assert bases == set(AssociationBasis.values)
    assert all(page.association_evidence.exists() for page in made)
    waived = made.filter(association_basis=AssociationBasis.WAIVER)
    assert all(page.waiver_granted_by for page in waived)


def test_every_outcome_is_mastered_in_an_assessment_that_may_establish_it() -> None:
    for page in offerings():
        if page.reference in WITH_GAPS:
            continue
        page.full_clean()
        codes = {outcome.code for outcome in page.outcomes.all()}
        mastered = {
            code
            for item in page.assessments.all()
            if item.establishes_mastery
            for code in item.codes
        }
        assert codes
        assert codes == mastered, page.title


def test_every_offering_has_a_described_picture() -> None:
    for entry in CatalogueEntry.objects.current().visible():
        assert len(entry.document["image"]["alt"]) > LONG, entry.title


def test_no_internal_text_is_in_a_public_document() -> None:
    documents = "\n".join(PublishedVersion.objects.values_list("document", flat=True))
    documents += "\n".join(CatalogueEntry.objects.values_list("body", flat=True))
    texts = {
        text
        for page in offerings()
        for text in values_in(freeze(page).content["internal"])
        if len(text) > LONG
    }
    assert len(texts) > 150
    assert [text for text in texts if text in documents] == []


def test_no_text_is_said_twice() -> None:
    fields = ("summary", "description", "audience", "rationale", "need_evidence")
    said = Counter(
        value for page in offerings() for name in fields if len(value := getattr(page, name)) > LONG
    )
    assert [text for text, count in said.items() if count > 1] == []


def test_the_console_lists_sign_ins_that_work(console: str) -> None:
    assert PASSWORD in console
    for sign_in in SIGN_INS:
        assert sign_in.username in console
        client = Client()
        assert client.login(username=sign_in.username, password=PASSWORD)
        assert client.get("/admin/").status_code == 200
        client.logout()


def test_pages_have_the_address_that_the_server_answers_on() -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_url == "http://testserver"


def test_loading_again_changes_no_table_and_lists_the_sign_ins_again() -> None:
    before = row_counts()
    again = load()
    assert row_counts() == before
    assert "nothing was changed" in again
    assert all(sign_in.username in again for sign_in in SIGN_INS)
