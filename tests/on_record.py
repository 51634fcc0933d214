"""Published on an approval of exactly this content, for what comes after: no route was walked.

`tests.lifecycle` walks the whole route, with its decisions; that takes five times as long.
"""

from typing import Any

from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.models import Approval
from credentials.people.actors import actor_of
from credentials.record.content import freeze
from credentials.record.document import document_of
from tests.people import person
from tests.proposals import draft, edit, latest_revision
from workflows.choices import RouteKey


def approve_as_is(content: Any, action: str = Approval.Action.PUBLISH) -> Approval:
    """The committee's approval of an offering's content, whatever the policy finds in it."""
    approval: Approval = Approval.objects.record(
        content,
        freeze(content).with_document(document_of(content)),
        actor_of(person("committee")),
        policy_version=label_in_force(),
        action=action,
        authority=conf().OFFICES["committee"],
        instrument="MC-1",
        route=RouteKey.MICRO_CREDENTIAL,
        clauses=["MC-1"],
    )
    return approval


def publish_as_is(offering: Any) -> None:
    """Approve the newest draft, and publish it."""
    approve_as_is(draft(offering))
    latest_revision(offering).publish(skip_permission_checks=True)
    offering.refresh_from_db()


def revise_as_is(offering: Any, **values: Any) -> None:
    """Change an offering, approve the change, and publish it."""
    edit(offering, **values)
    publish_as_is(offering)
