"""A kind of stage is one class (ADR 58): nothing outside is touched when one is added."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Task, Workflow, WorkflowTask

from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, shown, stage_state, submit
from tests.workflows.api.token_client import TokenClient
from tests.workflows.new_kind.models import NamedPersonStage
from workflows.inbox import awaiting
from workflows.models import Decision, DecisionLetter
from workflows.reports import dormant

WORKFLOWS = Path(__file__).parents[3] / "workflows"
SNIFFING = re.compile(
    r"hasattr\((?:stage|task, \")|is_gate|isinstance\([^()]*\b(?!TaskState)\w*Stage\b|"
    r"getattr\((?:stage|task), \"(?!name)"
)
STAGE = "The dean's word"


@pytest.fixture
def dean(root: Any, people: Any) -> Any:
    """The person who decides, in no group that could read a proposal otherwise."""
    return person("editor", 7)


@pytest.fixture
def proposal(root: Any, people: Any, dean: Any, client: Client) -> Any:
    """A micro-credential that has come to the dean, the last stage of its route."""
    offering = MicroCredentialFactory(parent=root, author=people["editor"])
    workflow: Workflow = offering.get_workflow()
    own = NamedPersonStage.objects.create(name=STAGE, decider=dean, instrument="The dean's terms")
    last = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order")
    Task.objects.filter(
        pk__in=[row.task_id for row in last if row.task.name != "Department review"]
    ).update(active=False)
    WorkflowTask.objects.create(workflow=workflow, task=own.task_ptr, sort_order=99)
    submit(offering, people["editor"])
    approve(offering, people["department"])
    return offering


@pytest.mark.django_db
class TestProposalAtANewKind:
    def test_it_stands_there_and_waits_for_its_decider_alone(
        self, proposal: Any, people: Any, dean: Any
    ) -> None:
        assert stage_state(proposal).task.name == STAGE
        assert [item.detail for item in awaiting(dean)] == [STAGE]
        others = (people["committee"], people["editor"], people["superuser"])
        assert not any(awaiting(someone) for someone in others)

    def test_its_decider_is_told(
        self,
        root: Any,
        people: Any,
        dean: Any,
        request: Any,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            request.getfixturevalue("proposal")
        assert any(message.to == [dean.email] for message in mail.outbox)

    def test_the_listing_says_where_it_stands(
        self, proposal: Any, people: Any, client: Client
    ) -> None:
        client.force_login(people["superuser"])
        address = reverse("wagtailadmin_explore", args=[proposal.get_parent().pk])
        assert proposal.title in client.get(address).content.decode()

    def test_the_report_of_what_lies_says_with_whom(self, proposal: Any) -> None:
        now = timezone.now()
        [row] = dormant.rows_of(dormant.dormant(dormant.open_states(), now))
        assert dormant.Holders().read(row).held_by == "Dean of Nursing"

    def test_its_page_offers_the_decision_to_its_decider_alone(
        self, proposal: Any, people: Any, dean: Any, client: Client
    ) -> None:
        address = reverse("governance:proposal", args=[proposal.pk])
        client.force_login(dean)
        page = client.get(address).content.decode()
        assert escape(STAGE) in page
        assert 'value="approved"' in page
        client.force_login(people["department"])
        assert 'value="approved"' not in client.get(address).content.decode()
        form = {"outcome": "approved", "comment": "", "content_hash": shown(proposal)}
        client.post(address, form)
        assert not Decision.objects.filter(stage=STAGE).exists()

    def test_decided_on_its_page_it_is_public_and_the_letter_says_so(
        self, proposal: Any, dean: Any, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        client.force_login(dean)
        form = {"outcome": "approved", "comment": "Well made.", "content_hash": shown(proposal)}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("governance:proposal", args=[proposal.pk]), form)
        decision = Decision.objects.get(stage=STAGE)
        assert decision.office == "Dean of Nursing"
        assert client.get(f"/api/v1/offerings/{proposal.slug}").json()["title"] == proposal.title
        letter = DecisionLetter.objects.get(decision=decision)
        words = " ".join(section["text"] for section in letter.sections)
        assert STAGE in words
        assert "Well made." in words

    def test_decided_by_api(self, proposal: Any, people: Any, dean: Any) -> None:
        other = TokenClient(people["department"])
        assert "approve" not in other.state(proposal)["allowed_actions"]
        api = TokenClient(dean)
        state = api.state(proposal)
        [here] = [stage for stage in state["stages"] if stage["is_current"]]
        assert (here["name"], here["office"]) == (STAGE, "Dean of Nursing")
        assert "approve" in state["allowed_actions"]
        assert api.act(proposal, "approve", **api.read(proposal)).status_code == 200
        assert Decision.objects.get(stage=STAGE).decided_by_key == str(dean.pk)


def test_nothing_outside_the_stages_asks_what_kind_a_stage_is() -> None:
    asked = [
        f"{path.relative_to(WORKFLOWS.parent)}: {match.group()}"
        for app in ("workflows", "appeals", "credentials", "home")
        for path in (WORKFLOWS.parent / app).rglob("*.py")
        if path.parent != WORKFLOWS / "stages" and "migrations" not in path.parts
        for match in SNIFFING.finditer(path.read_text())
    ]
    assert asked == []
