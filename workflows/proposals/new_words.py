"""New words of other records: taken into a proposal, or proposed for what is published (law 2).

Renaming a unit, a skill, a picture's description or another offering rewrites nothing. Who proposes
takes the new words over, and decisions begin again; the Department brings the catalogue up to date.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.models import Offering, PublishedVersion
from credentials.people.actors import Person
from credentials.published.words import Renaming, in_present_words, present_words, renamings
from credentials.record.content import freeze
from credentials.record.document import Document
from credentials.record.projection import CatalogueEntry
from workflows.choices import Act, Office, RouteKey
from workflows.deciding.events import write_event
from workflows.deciding.frozen_proposal import frozen_at, submit_in_words
from workflows.deciding.offices import is_in_office
from workflows.deciding.routing import proposal_of
from workflows.deciding.stage_reading import StageReading
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Bundle, Route
from workflows.proposals.actions import held_proposal, may_withdraw
from workflows.proposals.bundles import FEWEST, write_bundle
from workflows.stages.current_stage import stage_state_of

CHUNK = 500


@dataclass(frozen=True)
class Outdated:
    """A published offering whose document calls other records by former names."""

    offering: Any
    renamings: list[Renaming]
    hindrance: str = ""


def renamed_since(document: Document) -> list[Renaming]:
    """Records that are called otherwise now than in a document; at most five queries."""
    return renamings(document, in_present_words(document, present_words([document])))


def take_new_words(page: Offering, person: Person) -> WorkflowState:
    """Submit the same content with the words as they are now: another proposal, decided anew.

    The former one is withdrawn, and its decisions stay on record. Only what is under decision, and
    is what was submitted, can be taken over: a draft that was changed is submitted as ever, and
    takes the present words then. Raises DecisionRefused.
    """
    with transaction.atomic():
        workflow_state = held_proposal(page)
        if not may_withdraw(page, person):
            raise NotYours(
                _("Only those who wrote or submitted it, or the %(office)s, take the words over.")
                % {"office": Office.DEPARTMENT.official_name}
            )
        state = stage_state_of(page)
        if state is None or not StageReading(state).is_unchanged:
            raise DecisionRefused(
                _("Submit it again instead: it takes the present words when it is submitted.")
            )
        frozen = frozen_at(state)
        if frozen is None or not renamed_since(json.loads(frozen.document)):
            raise DecisionRefused(_("Nothing that it names has been renamed since."))
        text = _("Submitted again in the present words of the records that it names.")
        write_event(workflow_state, Act.WITHDRAWN, person, text=text)
        workflow_state.cancel(user=person)
        draft = Offering.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
        if proposal_of(draft) is None:
            return _propose(draft, person)
        started: WorkflowState = draft.get_workflow().start(draft, person)
    return started


def outdated_offerings() -> Iterator[Outdated]:
    """Offered ones that name records by former names, by title; six queries for each 500."""
    entries = CatalogueEntry.objects.current().offered().order_by("title_key", "pk")
    rows = entries.values_list("offering_pk", "version__document").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        documents = {key: json.loads(text) for key, text in chunk}
        words = present_words(documents.values())
        found = {
            key: renamings(document, in_present_words(document, words))
            for key, document in documents.items()
        }
        pages = Offering.objects.in_bulk(key for key, changes in found.items() if changes)
        for key, changes in found.items():
            if changes:
                yield Outdated(pages[key], changes, _hindrance(pages[key]))


def bring_up_to_date(person: Person, offerings: Sequence[Offering]) -> Bundle | None:
    """Propose the present words for published offerings, on the editorial route, in one bundle.

    Returns the bundle; None where it is one offering alone. All or nothing. Raises DecisionRefused.
    """
    if not is_in_office(person, Office.DEPARTMENT):
        raise NotYours(
            _("Only the %(office)s brings the catalogue up to date.")
            % {"office": Office.DEPARTMENT.official_name}
        )
    if not offerings:
        raise DecisionRefused(_("Choose at least one offering."))
    with transaction.atomic():
        keys = [offering.pk for offering in offerings]
        held = Offering.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        pages = [page.specific for page in held]
        for page in pages:
            if hindrance := _hindrance(page):
                raise DecisionRefused(f"“{page.title}”: {hindrance}")
            _propose(page.get_latest_revision_as_object(), person)
        if len(pages) < FEWEST:
            return None
        return write_bundle(
            person,
            pages,
            _("The catalogue in present words"),
            _("Records that these offerings name have been renamed since they were published."),
        )


def _propose(draft: Any, person: Person) -> WorkflowState:
    """Propose what is published, in the present words and nothing else anew: an editorial change.

    The document is made from the published one, so that words of other records alone can differ.
    """
    head = PublishedVersion.objects.head_of(draft.pk)
    if head is None or not head.is_offered or not head.says(freeze(draft)):
        raise DecisionRefused(
            _("The draft of “%(title)s” is not what is published.") % {"title": draft.title}
        )
    document = json.loads(head.document)
    present = in_present_words(document, present_words([document]))
    if present == document:
        raise DecisionRefused(_("“%(title)s” is in present words.") % {"title": draft.title})
    workflow = Route.objects.get(key=RouteKey.EDITORIAL).workflow
    return submit_in_words(draft, present, workflow, person)


def _hindrance(page: Offering) -> str:
    """Why the present words cannot be proposed for a published page alone; empty when they can."""
    if page.current_workflow_state is not None:
        return _("A proposal is under way; take the new words over there.")
    if not page.has_unpublished_changes:
        return ""
    specific = page.specific
    draft = specific.get_latest_revision_as_object()
    if freeze(draft).content_hash != freeze(specific).content_hash:
        return _("A draft is being written; it takes the new words when it is submitted.")
    return ""
