"""The demonstration catalogue, loaded once: complete, and made by the real route."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site, WorkflowState

from appeals.models import Case, Letter
from credentials.choices import AssociationBasis, Category, CreditBasis, GroupRule, Kind, Language
from credentials.compliance.offering_reader import views_of
from credentials.compliance.policies import terms_in_force
from credentials.models import (
    Agreement,
    CatalogueEntry,
    LogEntry,
    MicroCredential,
    Offering,
    PublishedVersion,
    QueuedFact,
    RequirementGroup,
)
from credentials.policy.evaluation import evaluate
from credentials.record.content import freeze
from credentials.record.log.facts import sealed_models
from credentials.record.log.signed_note import opened
from credentials.record.log.signing_keys import configured_signer
from home.demo.people import PASSWORD, SIGN_INS
from tests.home.demonstration import (
    LONG,
    WAITING,
    WITH_GAPS,
    bodies,
    load,
    offerings,
    personal_texts,
    row_counts,
    under_decision,
    values_in,
)
from tests.site_tree import make_catalogue
from workflows.admin.reports.urls import REPORTS
from workflows.choices import MeetingState
from workflows.models import Decision, Meeting, PresentedReport


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
        (state.workflow.route.key, state.current_task_state.task.name)
        for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    }
    assert waiting == {
        ("certificate", "Committee approval"),
        ("micro_credential", "Responsibilities agreement signed"),
        ("micro_credential", "Academic unit's sign-off"),
        ("micro_credential", "Committee approval"),
        ("course", "Department approval"),
        ("editorial", "Department check"),
        ("contracted", "Department agreement to deliver"),
        ("for_credit", "IQAP outcome recorded"),
        ("for_credit", "Department endorsement"),
        ("for_credit", "Committee endorsement"),
        ("embedded", "Academic Council outcome recorded"),
        ("embedded", "Committee, for information"),
    }
    sent_back = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    assert sent_back.count() >= 2
    not_submitted = [
        page for page in offerings() if page.has_unpublished_changes and not page.workflow_states
    ]
    assert {page.reference for page in not_submitted} >= WITH_GAPS


def test_the_committee_meets_tomorrow_on_what_waits_for_it() -> None:
    meeting = Meeting.objects.get(state=MeetingState.CALLED)
    assert timezone.localdate(meeting.starts_at) == timezone.localdate() + datetime.timedelta(
        days=1
    )
    parts = set(meeting.items.values_list("part", flat=True))
    assert parts == {"consent", "discussion", "information"}


def test_its_history_goes_back_for_years_in_the_order_of_the_ledger() -> None:
    moments = list(
        PublishedVersion.objects.order_by("sequence").values_list("valid_from", flat=True)
    )
    assert moments == sorted(moments)
    assert timezone.now() - moments[0] > datetime.timedelta(days=2 * 365)
    assert not Decision.objects.filter(decided_at__gt=timezone.now()).exists()


def test_every_report_of_the_office_has_something_to_show(client: Client) -> None:
    client.force_login(get_user_model().objects.get(username="department"))
    for report in REPORTS:
        address = reverse(f"governance:report_{report.slug}")
        for table in report.tables:
            lines = client.get(address, {"show": table, "export": "csv"}).getvalue().splitlines()
            assert len(lines) > 3, (report.slug, table)
            assert b"report-chart" in client.get(address, {"show": table}).content


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


def test_one_appeal_is_open_and_one_was_upheld_and_closed() -> None:
    standing = {case.standing: case.result for case in Case.objects.with_standing()}
    assert standing == {"review": None, "closed": "upheld"}
    assert all(case.offering_reference for case in Case.objects.all())
    assert Letter.objects.get().language == "fr"


def test_no_page_that_others_read_tells_of_the_appeals() -> None:
    names = [name for row in Case.objects.all() for name in (row.appellant_name, row.number)]
    for username in ("department", "chair", "admin"):
        client = Client()
        client.login(username=username, password=PASSWORD)
        found = client.get("/admin/").content.decode()
        assert not any(name in found for name in names)


def test_all_of_it_is_sealed_and_the_report_prints_a_checkpoint() -> None:
    assert not QueuedFact.objects.exists()
    sealed = sum(model._base_manager.count() for model in sealed_models().values())
    assert LogEntry.objects.count() == sealed
    note = PresentedReport.objects.get().data["checkpoint"]
    assert opened(note, [configured_signer().verifier]).startswith("testserver/record\n")


def test_nothing_personal_is_in_the_log() -> None:
    """Law 6: every leaf is searched for all that the record says of people, and in their words."""
    leaves = list(LogEntry.objects.values_list("entry", flat=True))
    # Somebody may sign in as “department”, a word of the Department's name.
    everything = re.sub("|".join(map(re.escape, bodies())), "", "\n".join(leaves)).casefold()
    found = {text for text in personal_texts() if text.casefold() in everything}
    assert found == set()
    kinds = Counter(json.loads(leaf)["kind"] for leaf in leaves)
    assert set(kinds) == {
        "annual-report", "annual-report-addendum", "approval", "internal", "key", "policy",
        "version",
    }  # fmt: skip
    internal = {tuple(json.loads(leaf)) for leaf in leaves if '"kind":"internal"' in leaf}
    assert internal == {("kind", "rules", "sealed")}


def test_every_version_that_is_public_is_in_the_log_as_it_is_served() -> None:
    leaves = [json.loads(entry) for entry in LogEntry.objects.values_list("entry", flat=True)]
    said = {leaf["sequence"]: leaf for leaf in leaves if leaf["kind"] == "version"}
    for version in PublishedVersion.objects.select_related("approval"):
        assert said[version.sequence].items() >= version.public_facts().items()
