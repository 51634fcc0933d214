"""Meetings of a committee: agenda, what happened, minutes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from workflows.choices import AgendaPart, MeetingAct, MeetingState
from workflows.models.bundles import Bundle
from workflows.models.committees import Committee, Seat
from workflows.models.retirements import RetirementRequest


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings in the words of the domain."""

    def to_come(self) -> "MeetingQuerySet":
        """Meetings that are planned, called or under way, the next one first."""
        states = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.UNDER_WAY)
        return self.filter(state__in=states).order_by("starts_at")


class Meeting(models.Model):
    """When and where a committee meets, and how far it has come."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("planned end"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to join"), blank=True)
    state = models.CharField(
        _("standing"),
        max_length=10,
        choices=MeetingState.choices,
        default=MeetingState.PLANNED,
        editable=False,
    )
    short_notice_reason = models.TextField(
        _("reason for short notice"),
        blank=True,
        help_text=_("Needed when the rules ask for more days of notice than there are."),
    )
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return f"{self.committee}, {timezone.localtime(self.starts_at):%Y-%m-%d}"

    def cancellation(self) -> "MeetingEvent | None":
        """Who cancelled it, when and why; None when it stands."""
        found: MeetingEvent | None = self.events.filter(kind=MeetingAct.CANCELLED).last()
        return found


class AgendaItem(models.Model):
    """One item of an agenda: a proposal, a request to retire, a review, or a matter of its own."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    part = models.CharField(
        _("part"), max_length=12, choices=AgendaPart.choices, default=AgendaPart.DISCUSSION
    )
    title = models.CharField(_("title"), max_length=255)
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal_key = models.CharField(max_length=64, blank=True, editable=False)
    stage_key = models.CharField(max_length=64, blank=True, editable=False)
    retirement = models.ForeignKey(
        RetirementRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review = models.ForeignKey(
        "workflows.ReviewCycle", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bundle = models.ForeignKey(
        Bundle, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note for the minutes"), blank=True)
    is_late = models.BooleanField(_("added after the call"), default=False, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    pulled_by_name = models.CharField(_("pulled by"), max_length=200, blank=True, editable=False)
    left_by_vote = models.BooleanField(
        _("left the consent part by a vote"), default=False, db_default=False, editable=False
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "part", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "proposal_key", "stage_key"],
                condition=~models.Q(proposal_key=""),
                name="agenda_item_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MeetingEvent(AppendOnly):
    """What happened in a meeting, from which attendance and the minutes are drawn."""

    sealed = Sealed.INTERNAL

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=12, choices=MeetingAct.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    person_key = models.CharField(max_length=64, blank=True)
    person_name = models.CharField(_("person"), max_length=200, blank=True)
    item = models.CharField(_("item"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(_("recorded by"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a meeting")
        verbose_name_plural = _("events of meetings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_name or self.item}"


class MinutesDraft(models.Model):
    """Minutes as the secretary edits them, drawn from what happened."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes_draft")
    sections = models.JSONField(_("sections"), default=list)  # [{"heading": str, "text": str}]
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("draft minutes")
        verbose_name_plural = _("draft minutes")

    def __str__(self) -> str:
        return str(self.meeting)


class Minutes(AppendOnly):
    """Minutes as they were confirmed; a correction is a new number."""

    sealed = Sealed.INTERNAL

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    sections = models.JSONField(_("sections"))
    content_hash = models.CharField(_("hash"), max_length=64)
    confirmed_by_key = models.CharField(max_length=64)
    confirmed_by_name = models.CharField(_("confirmed by"), max_length=200)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_number_once")
        ]

    def __str__(self) -> str:
        return self.title
