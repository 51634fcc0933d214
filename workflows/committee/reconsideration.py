"""Reconsideration: what was defeated comes again only when somebody who voted against moves it."""

from django.utils.translation import gettext as _

from workflows.choices import Choice, MotionOutcome, Purpose
from workflows.exceptions import DecisionRefused
from workflows.models import Motion


def motion_to_reconsider(offering_id: int, stage_key: str, content_hash: str) -> Motion | None:
    """The defeated motion that a new one on the same content would reconsider, if there is one.

    Motions to request changes do not count: each asks for something else.
    """
    last = (
        Motion.objects.all()
        .on_stage(offering_id, stage_key, content_hash)
        .exclude(purpose=Purpose.REQUEST_CHANGES)
        .filter(result__outcome__in=(MotionOutcome.CARRIED, MotionOutcome.DEFEATED))
        .order_by("pk")
        .last()
    )
    return last if last and last.result.outcome == MotionOutcome.DEFEATED else None


def movers(defeated: Motion) -> list[str]:
    """Names of those who can move to reconsider: who voted against, or anybody if none did."""
    seats = [seat for seat in defeated.result.seats if seat["standing"] != "recused"]
    against = [seat["voter"] for seat in seats if seat["choice"] == Choice.NO]
    return against or [seat["voter"] or seat["holder"] for seat in seats]


def check_reconsideration(
    defeated: Motion | None, named: Motion | None, moved_by: str
) -> Motion | None:
    """The motion that the new one follows: the defeated one, or its last attempt to reconsider.

    Raises DecisionRefused when there is nothing to reconsider, the wrong motion is named, or the
    wrong person moves it.
    """
    if defeated is None:
        if named is not None:
            raise DecisionRefused(_("There is no defeated motion on this content to reconsider."))
        return None
    attempts = [defeated]
    while hasattr(attempts[-1], "reconsidered_by"):  # attempts that decided nothing
        attempts.append(attempts[-1].reconsidered_by)
    if named is None or named.pk not in {attempt.pk for attempt in attempts}:
        raise DecisionRefused(
            _(
                "The committee defeated this motion on the same content. Move to reconsider that "
                "motion, or ask for changes."
            )
        )
    if moved_by not in movers(defeated):
        raise DecisionRefused(
            _("A motion to reconsider is moved by a member who voted against: %(names)s.")
            % {"names": ", ".join(movers(defeated))}
        )
    return attempts[-1]
