"""The roster and the ballots of a motion: who may vote, and what each seat says (laws 3 and 4)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from workflows.choices import Choice, SeatRole
from workflows.models.by_token import ByToken
from workflows.models.committees import Seat
from workflows.models.motions import Motion


class RosterSeat(AppendOnly):
    """A seat as it stood when a motion was opened: who may vote on it, and who is recused."""

    sealed = Sealed.INTERNAL

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="roster")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("seat"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=SeatRole.choices)
    holder_key = models.CharField(max_length=64)
    holder_name = models.CharField(_("holder"), max_length=200)
    alternate_key = models.CharField(max_length=64, blank=True)
    alternate_name = models.CharField(_("alternate"), max_length=200, blank=True)
    is_recused = models.BooleanField(_("recused"), default=False)

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "the roster is called before anybody votes": (
            "NOT EXISTS (SELECT 1 FROM workflows_ballot b WHERE b.motion_id = NEW.motion_id) "
            "AND NOT EXISTS "
            "(SELECT 1 FROM workflows_motionresult r WHERE r.motion_id = NEW.motion_id)"
        ),
    }

    class Meta:
        verbose_name = _("seat on the roster")
        verbose_name_plural = _("roster")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["motion", "seat"], name="roster_seat_once")]

    def __str__(self) -> str:
        return f"{self.holder_name} ({self.title})"


class Ballot(ByToken, AppendOnly):
    """What a seat says. A later ballot of the seat replaces it while the motion is open.

    The database itself refuses a ballot on a closed motion, on other content, or by somebody
    who neither holds the seat nor is its alternate.
    """

    sealed = Sealed.INTERNAL

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    roster_seat = models.ForeignKey(RosterSeat, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    comment = models.TextField(_("comment"), blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64)
    document_hash = models.CharField(
        _("document hash"), max_length=64, default="", db_default="", blank=True
    )
    cast_by_key = models.CharField(max_length=64)
    cast_by_name = models.CharField(_("cast by"), max_length=200)
    cast_at = models.DateTimeField(_("cast at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "the motion is closed: nothing can be voted on any more": (
            "NOT EXISTS (SELECT 1 FROM workflows_motionresult r WHERE r.motion_id = NEW.motion_id)"
        ),
        "a ballot is cast on the content of its motion": (
            "EXISTS (SELECT 1 FROM workflows_motion m WHERE m.id = NEW.motion_id "
            "AND m.content_hash = NEW.content_hash AND m.document_hash = NEW.document_hash)"
        ),
        "a ballot is cast by who holds the seat, or its alternate, unless recused": (
            "EXISTS (SELECT 1 FROM workflows_rosterseat s WHERE s.id = NEW.roster_seat_id "
            "AND s.motion_id = NEW.motion_id AND NOT s.is_recused "
            "AND (s.holder_key = NEW.cast_by_key OR s.alternate_key = NEW.cast_by_key))"
        ),
        "a seat that declared a conflict of interest stays recused": (
            "NOT EXISTS (SELECT 1 FROM workflows_ballot b "
            "WHERE b.roster_seat_id = NEW.roster_seat_id AND b.choice = 'recuse')"
        ),
        "a person votes for one seat": (
            "NOT EXISTS (SELECT 1 FROM workflows_ballot b WHERE b.motion_id = NEW.motion_id "
            "AND b.cast_by_key = NEW.cast_by_key AND b.roster_seat_id <> NEW.roster_seat_id)"
        ),
        "the holder of the seat has voted: its alternate cannot": (
            "NOT EXISTS (SELECT 1 FROM workflows_ballot b JOIN workflows_rosterseat s "
            "ON s.id = b.roster_seat_id WHERE b.roster_seat_id = NEW.roster_seat_id "
            "AND b.cast_by_key = s.holder_key AND NEW.cast_by_key <> s.holder_key)"
        ),
    }

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.roster_seat}: {self.get_choice_display()}"
