"""A request to retire or withdraw a published offering, decided by another person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.models import Approval
from workflows.models.decisions import Decision


class RetirementRequestQuerySet(AppendOnlyQuerySet):
    """Requests in the words of the domain."""

    def open(self) -> "RetirementRequestQuerySet":
        """Requests that nobody has decided on yet."""
        return self.filter(decision__isnull=True)


class RetirementRequest(AppendOnly):
    """What is asked for and why. The decision on it is a row of its own (law 3)."""

    sealed = Sealed.INTERNAL

    class Action(models.TextChoices):
        RETIRE = Approval.Action.RETIRE.value, _("Retire: the page stays and says so")
        WITHDRAW = Approval.Action.WITHDRAW.value, _("Withdraw: the page says only why it is gone")

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="retirement_requests"
    )
    version = models.ForeignKey(
        "credentials.PublishedVersion", on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    note = models.TextField(
        _("public note"), help_text=_("What learners and employers will read, and for ever.")
    )
    teach_out = models.DateField(
        _("taught until"),
        null=True,
        blank=True,
        help_text=_("Last day on which learners already enrolled are taught, if any."),
    )
    reason = models.TextField(_("reason"), help_text=_("For those who decide; not published."))
    requested_by_key = models.CharField(_("person's key"), max_length=64)
    requested_by_name = models.CharField(_("requested by"), max_length=200)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)

    locks_rows = True
    objects = RetirementRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("retirement request")
        verbose_name_plural = _("retirement requests")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.offering}"


class RetirementDecision(AppendOnly):
    """Joins a request with the decision taken on it; one decision each."""

    sealed = Sealed.INTERNAL

    request = models.OneToOneField(
        RetirementRequest, on_delete=models.PROTECT, related_name="decision"
    )
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("retirement decision")
        verbose_name_plural = _("retirement decisions")

    def __str__(self) -> str:
        return str(self.decision)
