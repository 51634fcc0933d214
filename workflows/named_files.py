"""What the workflows know of named files: what is under decision, put to the vote or submitted."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from credentials.files.named_files import CHUNK, Naming, files_in, named_in_texts
from workflows.models import Motion, ReviewSubmission
from workflows.stages.stage_state import StageState


def proposed_files(file: Any | None) -> Iterator[Naming]:
    """Pictures and documents of all content that somebody is to decide on now (law 2)."""
    states = StageState.objects.filter(status=StageState.STATUS_IN_PROGRESS)
    rows = states.order_by("pk").select_related("revision")
    for state in rows.iterator(chunk_size=CHUNK):
        content = state.revision.content if state.revision else {}
        place = _("the proposal of “%(title)s”") % {"title": content.get("title", "")}
        for found in files_in(content):
            yield Naming(place, *found)


def files_voted_on(file: Any | None) -> Iterator[Naming]:
    """Pictures and documents of all content that was put to a committee (laws 2 and 3)."""
    motions = Motion.objects.order_by("pk").only("subject", "purpose", "content")
    yield from named_in_texts(motions, "content", _motion, file)


def submitted_files(file: Any | None) -> Iterator[Naming]:
    """Evidence of all self-studies as they were submitted (MC-8)."""
    submissions = ReviewSubmission.objects.order_by("pk").select_related("offering")
    yield from named_in_texts(submissions, "study", _submission, file)


def _motion(motion: Motion) -> str:
    return _("motion “%(motion)s”") % {"motion": motion}


def _submission(submission: ReviewSubmission) -> str:
    title = submission.offering.title
    return _("a submitted self-study of “%(title)s”") % {"title": title}
