"""What happened to a proposal beside its decisions: holds, comments, assignments (law 3)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.people.actors import by_what
from workflows.choices import Act
from workflows.models.by_token import ByToken


class ProposalEvent(ByToken, AppendOnly):
    """One act on a proposal. What is current follows from the last one of its kind."""

    sealed = Sealed.INTERNAL

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="proposal_events"
    )
    proposal_key = models.CharField(_("proposal"), max_length=64)
    stage_key = models.CharField(_("stage's key"), max_length=64, blank=True)
    stage = models.CharField(_("stage"), max_length=255, blank=True)
    kind = models.CharField(_("what happened"), max_length=20, choices=Act.choices)
    text = models.TextField(_("text"), blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True)
    to_key = models.CharField(
        max_length=64, blank=True, help_text=_("The office asked, or the person assigned.")
    )
    to_name = models.CharField(_("to"), max_length=200, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="answers_given"
    )
    by_key = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(_("by"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a proposal")
        verbose_name_plural = _("events of proposals")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["proposal_key", "kind"], name="event_by_proposal")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.by_name}"

    @property
    def who(self) -> str:
        """Who acted, and by which token if by one."""
        return by_what(self.by_name, self.by_token)
