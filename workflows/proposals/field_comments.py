"""Comments on single fields: Wagtail's own, so that the author finds them in the editor."""

from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.deciding.stage_reading import StageReading
from workflows.exceptions import DecisionRefused, NotYours
from workflows.proposals.permissions import takes_part
from workflows.proposals.redline import field_names
from workflows.signals import field_commented
from workflows.stages.current_stage import stage_state_of


def comment_on_field(page: Offering, person: Person, field: str, text: str) -> Any:
    """Comment on a field of a proposal under decision; its authors are told.

    Raises DecisionRefused.
    """
    state = stage_state_of(page)
    if state is None:
        raise DecisionRefused(_("The proposal is not under decision."))
    if not takes_part(person, StageReading(state)):
        raise NotYours(_("Only those who decide on it comment on its fields here."))
    labels = dict(field_names(page.specific_class))
    if field not in labels:
        raise DecisionRefused(_("Choose a field that the editor shows."))
    if not text.strip():
        raise DecisionRefused(_("Write your comment."))
    with transaction.atomic():
        comment = Comment.objects.create(
            page=page.page_ptr, user=person, contentpath=field, text=text.strip()
        )
        field_commented.send(Comment, comment=comment, label=labels[field], state=state)
    return comment


def open_comments(page: Offering) -> list[Any]:
    """Comments on fields that nobody has resolved, in the order they were made.

    Each has the `label` of its field.
    """
    replies = Prefetch("replies", CommentReply.objects.select_related("user"))
    comments = Comment.objects.filter(page=page.pk, resolved_at__isnull=True)
    found = list(comments.select_related("user").prefetch_related(replies).order_by("pk"))
    labels = dict(field_names(page.specific_class)) if found else {}
    for comment in found:
        comment.label = labels.get(comment.contentpath.split(".")[0], comment.contentpath)
    return found
