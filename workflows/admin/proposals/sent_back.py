"""The editor of a proposal that was sent back says what its author is asked to change."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from credentials.models import Offering
from workflows.models import Decision


def tell_of_changes(request: HttpRequest, page: Page) -> None:
    """Until it is submitted again: who asked, what for, and where it can be read in full."""
    if request.method != "GET" or not issubclass(page.specific_class or Page, Offering):
        return
    workflow_state = page.current_workflow_state
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    last = Decision.objects.filter(proposal_key=str(workflow_state.pk)).order_by("pk").last()
    if last is None:
        return
    button = messages.button(
        reverse("governance:proposal", args=[page.pk]), _("Read the whole proposal")
    )
    text = _("%(outcome)s, %(office)s: %(comment)s") % {
        "outcome": last.get_outcome_display(),
        "office": last.signature,
        "comment": last.comment,
    }
    messages.warning(request, text, buttons=[button])
