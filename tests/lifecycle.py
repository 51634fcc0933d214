"""An offering's life in domain words, through the same calls that the admin makes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import WorkflowState

from credentials.conf import conf


def person(role: str, number: int = 1) -> Any:
    """Somebody of a role; made when there is none yet."""
    name = f"{role}-{number}"
    user, created = get_user_model().objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", "first_name": name.title()}
    )
    if created:
        user.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS[role])[0])
    return user


def draft(offering: Any) -> Any:
    """The newest draft of an offering, as an object to change."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision_as_object()


def latest_revision(offering: Any) -> Any:
    """The newest revision, whatever the object in hand remembers."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision()


def edit(offering: Any, by: Any = None, **values: Any) -> Any:
    """Save a new draft with other values."""
    page = draft(offering)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


def submit(offering: Any, by: Any = None) -> WorkflowState:
    """Submit the newest draft on its route."""
    page = draft(offering)
    return page.get_workflow().start(page, by or person("editor"))


def stage_state(offering: Any) -> Any:
    """The stage under way."""
    return type(offering).objects.get(pk=offering.pk).current_workflow_task_state


def approve(offering: Any, by: Any, comment: str = "") -> None:
    """Approve the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "approve", comment=comment)


def request_changes(offering: Any, by: Any, comment: str = "Explain the fee.") -> None:
    """Send the proposal back from the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "reject", comment=comment)


def decide(offering: Any) -> None:
    """Let each office that is still to decide approve, until the route ends."""
    while (state := stage_state(offering)) is not None:
        approve(offering, person(state.task.specific.office))


def publish(offering: Any, by: Any = None) -> None:
    """Take the newest draft through its whole route."""
    submit(offering, by)
    decide(offering)
    offering.refresh_from_db()


def revise(offering: Any, by: Any = None, **values: Any) -> None:
    """Change an offering and take the change through its whole route."""
    edit(offering, by, **values)
    publish(offering, by)
