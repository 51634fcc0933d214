"""The policy as data: versions, their clauses, and the rules by which clauses are enforced (PO-1).

A draft may be edited. Once adopted it takes force on its day and never changes again; decisions
keep its label.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.choices import Kind
from credentials.fields import ChoiceListField
from credentials.models.versions import VersionQuerySet
from credentials.policy.findings import Severity
from credentials.policy.rulebook import check_terms, rule_choices
from credentials.policy.terms import RuleTerms


class PolicyVersion(models.Model):
    """One version of the policy, a draft until its owner adopts it (SC-3, PO-1)."""

    ADOPTED: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM credentials_policyadoption a WHERE a.version_id = {row}.id)"
    )
    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": ADOPTED.format(row="OLD"),
        "DELETE": ADOPTED.format(row="OLD"),
    }

    label = models.CharField(
        _("label"),
        max_length=100,
        unique=True,
        help_text=_("Kept with every decision, such as “ACD 1532 (2026-12-01)”."),
    )
    classification_number = models.CharField(_("classification number"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    approving_authority = models.CharField(_("approving authority"), max_length=200)
    owner = models.CharField(_("policy owner"), max_length=200, help_text=_("An office. SC-3"))
    owner_email = models.EmailField(
        _("owner's address"), blank=True, help_text=_("Receives the reminders of review. PO-1")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    review_due_on = models.DateField(
        _("review due"), help_text=_("At most three years after approval. PO-1")
    )
    changes = models.TextField(
        _("what changes"), blank=True, help_text=_("In a few sentences, for those it affects.")
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("based on"),
        on_delete=models.PROTECT,
        related_name="successors",
        null=True,
        blank=True,
    )

    objects = VersionQuerySet["PolicyVersion"].as_manager()

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("classification_number"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("approving_authority"), FieldPanel("approved_on")]),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("owner_email")]),
        FieldPanel("review_due_on"),
        FieldPanel("changes"),
    ]

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ["-pk"]
        permissions = [("own_policy", _("Can write and adopt versions of the policy"))]

    def __str__(self) -> str:
        return self.label

    @property
    def is_adopted(self) -> bool:
        """Whether it can no longer change."""
        return hasattr(self, "adoption")


class PolicyAdoption(AppendOnly):
    """The act by which a version takes force on a day."""

    sealed = Sealed.PUBLIC
    public_facts_need = ("version",)
    sealed_with = ("version", "version__clauses", "version__clauses__rules")

    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="adoption")
    in_force_from = models.DateField(_("in force from"))
    adopted_by_key = models.CharField(_("person's key"), max_length=64)
    adopted_by_name = models.CharField(_("adopted by"), max_length=200)
    adopted_at = models.DateTimeField(_("adopted at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of a policy version")
        verbose_name_plural = _("adoptions of policy versions")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.in_force_from}"

    def public_facts(self) -> dict[str, Any]:
        """Which version of the policy is in force from which day on."""
        return {
            "kind": "policy",
            "version": self.version.label,
            "in_force_from": self.in_force_from.isoformat(),
        }


class Obligation(models.TextChoices):
    """What the system owes a clause."""

    ENFORCED = "enforced", _("Enforced: something is refused without it")
    RECORDED = "recorded", _("Recorded: it is kept with the offering or the decision")
    REPORTED = "reported", _("Reported: it is shown to those who watch over it")
    INFORMATIVE = "informative", _("Informative: it is told to whom it concerns")


class PolicyClause(ClusterableModel):
    """One clause in our words, and where in the product it lives."""

    ADOPTED: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM credentials_policyadoption a WHERE a.version_id = {row}.version_id)"
    )
    frozen_when: ClassVar[dict[str, str]] = {
        "INSERT": ADOPTED.format(row="NEW"),
        # What leaves an adopted version, and what would be moved into one.
        "UPDATE": f"{ADOPTED.format(row='OLD')} OR {ADOPTED.format(row='NEW')}",
        "DELETE": ADOPTED.format(row="OLD"),
    }

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="clauses")
    number = models.CharField(_("clause"), max_length=20, help_text=_("Such as MC-4."))
    part = models.CharField(_("part of the policy"), max_length=200)
    heading = models.CharField(_("heading"), max_length=200)
    summary = models.TextField(_("in our words"))
    obligation = models.CharField(
        _("what the system owes it"), max_length=20, choices=Obligation.choices
    )
    home = models.TextField(
        _("where it lives"), help_text=_("Where in the product people see it working.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("part")]),
        FieldPanel("heading"),
        FieldPanel("summary"),
        FieldPanel("obligation"),
        FieldPanel("home"),
        InlinePanel("rules", heading=_("Rules that enforce it"), label=_("rule")),
    ]

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_clause_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"


class ClauseRule(Orderable):
    """A rule that enforces a clause, with its severity and what it is told."""

    ADOPTED: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM credentials_policyclause c JOIN credentials_policyadoption a "
        "ON a.version_id = c.version_id WHERE c.id = {row}.clause_id)"
    )
    frozen_when: ClassVar[dict[str, str]] = {
        "INSERT": ADOPTED.format(row="NEW"),
        # What leaves an adopted version, and what would be moved into one.
        "UPDATE": f"{ADOPTED.format(row='OLD')} OR {ADOPTED.format(row='NEW')}",
        "DELETE": ADOPTED.format(row="OLD"),
    }

    clause = ParentalKey(PolicyClause, on_delete=models.CASCADE, related_name="rules")
    rule = models.CharField(_("rule"), max_length=60, choices=rule_choices)
    severity = models.CharField(_("severity"), max_length=20, choices=Severity.choices)
    kinds = ChoiceListField(
        verbose_name=_("only for"),
        choices_class=Kind,
        blank=True,
        help_text=_("Kinds of offering; none ticked means wherever the rule applies."),
    )
    field = models.CharField(
        _("field"), max_length=60, blank=True, help_text=_("For the rule that a field is filled.")
    )
    number = models.PositiveIntegerField(
        _("figure"), null=True, blank=True, help_text=_("Such as months, hours or a count.")
    )
    terms = models.CharField(
        pgettext_lazy("of a rule", "terms"),
        max_length=500,
        blank=True,
        help_text=_("Keys separated by commas."),
    )

    panels = [
        FieldRowPanel([FieldPanel("rule"), FieldPanel("severity")]),
        FieldPanel("kinds"),
        FieldRowPanel([FieldPanel("field"), FieldPanel("number")]),
        FieldPanel("terms"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rule of a clause")
        verbose_name_plural = _("rules of a clause")

    def __str__(self) -> str:
        return f"{self.rule} ({self.severity})"

    def clean(self) -> None:
        """Let the rule judge what it is told. Raises ValidationError naming the field."""
        super().clean()
        if self.rule:
            check_terms(self.as_terms())

    def as_terms(self) -> RuleTerms:
        """What the clause tells the rule as plain data, which the rules read."""
        return RuleTerms(
            # A rule just added in the form knows its clause only once both are saved.
            clause=self.clause.number if hasattr(self, "clause") else "",
            rule=self.rule,
            severity=Severity(self.severity),
            kinds=frozenset(self.kinds),
            field=self.field,
            number=self.number,
            terms=tuple(term.strip() for term in self.terms.split(",") if term.strip()),
        )
