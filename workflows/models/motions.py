"""Motions, conditions and results: what a committee decides, bound to content (laws 2 and 3)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.people.actors import by_what
from credentials.record.content_hashes import ContentHashes
from workflows.choices import MotionOutcome, Purpose, VotingMethod
from workflows.models.by_token import ByToken
from workflows.models.committees import Committee, CommitteeRules
from workflows.models.meetings import Meeting
from workflows.models.retirements import RetirementRequest


class MotionQuerySet(AppendOnlyQuerySet):
    """Motions in the words of the domain."""

    def open(self) -> "MotionQuerySet":
        """Motions that can be voted on."""
        return self.filter(result__isnull=True)

    def due(self) -> "MotionQuerySet":
        """Electronic votes whose time has run out."""
        return self.open().filter(closes_at__lte=timezone.now())

    def on_stage(self, offering_id: int, stage_key: str, content_hash: str) -> "MotionQuerySet":
        """Motions of any submission of the same content at the same stage."""
        return self.filter(offering_id=offering_id, stage_key=stage_key, content_hash=content_hash)


class Motion(ByToken, ContentHashes, AppendOnly):
    """A question put to a committee on exactly this content, under the rules of that moment.

    It is open until it has a result. The content is kept, so it reads the same for ever.
    """

    sealed = Sealed.INTERNAL

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="motions")
    rules = models.ForeignKey(CommitteeRules, on_delete=models.PROTECT, related_name="motions")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="motions"
    )
    retirement = models.ForeignKey(
        RetirementRequest, on_delete=models.PROTECT, null=True, related_name="motions"
    )
    review = models.ForeignKey(
        "workflows.ReviewSubmission", on_delete=models.PROTECT, null=True, related_name="motions"
    )
    next_review_on = models.DateField(
        _("next review due on"), null=True, help_text=_("None for the policy's interval.")
    )
    proposal_key = models.CharField(_("proposal"), max_length=64)
    stage_key = models.CharField(_("stage's key"), max_length=64)
    stage = models.CharField(_("stage"), max_length=255)
    subject = models.CharField(_("subject"), max_length=255)
    purpose = models.CharField(_("motion to"), max_length=20, choices=Purpose.choices)
    text = models.TextField(_("wording"), blank=True)
    returned_to_key = models.CharField(max_length=64, blank=True)
    returned_to = models.CharField(_("back to"), max_length=255, blank=True)
    method = models.CharField(_("method"), max_length=10, choices=VotingMethod.choices)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="motions"
    )
    reconsiders = models.OneToOneField(
        "self",
        verbose_name=_("reconsiders"),
        on_delete=models.PROTECT,
        null=True,
        related_name="reconsidered_by",
    )
    content = models.TextField(_("content"), help_text=_("Canonical JSON of what is decided on."))
    document = models.TextField(
        _("document"),
        default="",
        db_default="",
        blank=True,
        help_text=_("Canonical JSON of the public document that is decided on."),
    )
    policy_version = models.CharField(_("policy version"), max_length=100)
    moved_by = models.CharField(_("moved by"), max_length=200, blank=True)
    seconded_by = models.CharField(_("seconded by"), max_length=200, blank=True)
    opened_by_key = models.CharField(max_length=64)
    opened_by_name = models.CharField(_("opened by"), max_length=200)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes"), null=True)

    locks_rows = True
    objects = MotionQuerySet.as_manager()

    insert_conditions = {
        "another motion on this stage is open: close it first": (
            "NOT EXISTS (SELECT 1 FROM workflows_motion m LEFT JOIN workflows_motionresult r "
            "ON r.motion_id = m.id WHERE m.proposal_key = NEW.proposal_key "
            "AND m.stage_key = NEW.stage_key AND r.id IS NULL)"
        ),
        "a motion says which public document is decided on": "NEW.document_hash <> ''",
    }

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["proposal_key", "stage_key"], name="motion_by_proposal"),
            models.Index(fields=["offering", "content_hash"], name="motion_by_content"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether it can be voted on."""
        return not hasattr(self, "result")

    @property
    def opened_by(self) -> str:
        """Who opened it, and by which token if by one."""
        return by_what(self.opened_by_name, self.by_token)


class Condition(AppendOnly):
    """What must be done before a carried motion takes effect."""

    sealed = Sealed.INTERNAL

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="conditions")
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("condition"))

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "conditions are set before anybody votes": (
            "NOT EXISTS (SELECT 1 FROM workflows_ballot b WHERE b.motion_id = NEW.motion_id) "
            "AND NOT EXISTS "
            "(SELECT 1 FROM workflows_motionresult r WHERE r.motion_id = NEW.motion_id)"
        ),
    }

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["motion", "position"]

    def __str__(self) -> str:
        return self.text


class ConditionMet(ByToken, AppendOnly):
    """Who confirmed that a condition is met, and how."""

    sealed = Sealed.INTERNAL

    condition = models.OneToOneField(Condition, on_delete=models.PROTECT, related_name="met")
    note = models.TextField(_("how it was met"))
    met_by_key = models.CharField(max_length=64)
    met_by_name = models.CharField(_("confirmed by"), max_length=200)
    met_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition met")
        verbose_name_plural = _("conditions met")

    def __str__(self) -> str:
        return self.note

    @property
    def met_by(self) -> str:
        """Who confirmed it, and by which token if by one."""
        return by_what(self.met_by_name, self.by_token)


class MotionResult(ByToken, AppendOnly):
    """How a motion was closed, with every figure that the outcome follows from."""

    sealed = Sealed.INTERNAL

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(_("outcome"), max_length=10, choices=MotionOutcome.choices)
    eligible = models.PositiveSmallIntegerField(_("seats that may vote"))
    recused = models.PositiveSmallIntegerField(_("recused"))
    present = models.PositiveSmallIntegerField(_("present"))
    quorum = models.PositiveSmallIntegerField(_("quorum"))
    yes = models.PositiveSmallIntegerField(_("yes"))
    no = models.PositiveSmallIntegerField(_("no"))
    abstain = models.PositiveSmallIntegerField(_("abstain"))
    discuss = models.PositiveSmallIntegerField(_("hold for discussion"))
    casting_vote = models.BooleanField(_("decided by the chair's second vote"), default=False)
    reason = models.CharField(_("why it is void"), max_length=255, blank=True)
    seats = models.JSONField(
        _("seats"),
        default=list,
        help_text=_("Of each seat: title, holder, voter, standing, choice."),
    )
    closed_by_key = models.CharField(max_length=64, blank=True)
    closed_by_name = models.CharField(_("closed by"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "a motion is carried by ballots": (
            "NEW.outcome <> 'carried' OR (NEW.yes > 0 AND NEW.yes <= (SELECT COUNT(*) "
            "FROM workflows_ballot b WHERE b.motion_id = NEW.motion_id AND b.choice = 'yes' "
            "AND NOT EXISTS (SELECT 1 FROM workflows_ballot later "
            "WHERE later.roster_seat_id = b.roster_seat_id AND later.id > b.id)))"
        ),
    }

    class Meta:
        verbose_name = _("result of a motion")
        verbose_name_plural = _("results of motions")

    def __str__(self) -> str:
        return f"{self.motion}: {self.get_outcome_display()}"

    @property
    def closed_by(self) -> str:
        """Who closed it, and by which token if by one; empty when its time ran out."""
        return by_what(self.closed_by_name, self.by_token)
