"""The eleven sections of the development protocol (PA-1 to PA-11) and the case for a proposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from credentials.record.classification import internal


class ProtocolSections(models.Model):
    """What every proposal sets out. Internal: decided upon, never published (law 6)."""

    objectives = internal(
        models.TextField(
            _("objectives"), blank=True, help_text=_("Goals of the offering, stated clearly. PA-1")
        )
    )
    stakeholders = internal(
        models.TextField(
            _("stakeholders"),
            blank=True,
            help_text=_(
                "Instructors, assistants, learners, experts, associations, employers. PA-2"
            ),
        )
    )
    typical_student = internal(
        models.TextField(
            _("the typical student"),
            blank=True,
            help_text=_("Who it is for and what they need. PA-3"),
        )
    )
    program_outcomes = internal(
        models.TextField(
            _("program learning outcomes"),
            blank=True,
            help_text=_(
                "What the whole offering leads to; each outcome stands under Outcomes. PA-4"
            ),
        )
    )
    curriculum_design = internal(
        models.TextField(
            _("curriculum and measurable outcomes"),
            blank=True,
            help_text=_("How the curriculum serves the objectives. PA-5"),
        )
    )
    assessment_evaluation = internal(
        models.TextField(
            _("assessment and evaluation"),
            blank=True,
            help_text=_(
                "How learning and the offering are evaluated, and how the data are reviewed. PA-6"
            ),
        )
    )
    continuous_improvement = internal(
        models.TextField(
            _("continuous improvement"),
            blank=True,
            help_text=_("How feedback leads to changes. PA-7"),
        )
    )
    review_accreditation = internal(
        models.TextField(
            _("program review and accreditation"),
            blank=True,
            help_text=_("Outside accreditation or recognition considered. PA-8"),
        )
    )
    compliance_legal = internal(
        models.TextField(
            _("compliance and legal"),
            blank=True,
            help_text=_("Privacy, intellectual property, accessibility. PA-9"),
        )
    )
    communication_transparency = internal(
        models.TextField(
            _("communication and transparency"),
            blank=True,
            help_text=_("Expectations, criteria, benefits, limitations, costs. PA-10"),
        )
    )
    monitoring_reporting = internal(
        models.TextField(
            _("monitoring and reporting"),
            blank=True,
            help_text=_("How performance is tracked and reported. PA-11"),
        )
    )
    rationale = internal(
        models.TextField(
            _("reason for this proposal"),
            blank=True,
            help_text=_("Why it is new, or what changes and why. Deciders read this first."),
        )
    )
    need_evidence = internal(
        models.TextField(
            _("evidence of need"),
            blank=True,
            help_text=_("From industry, employers or the community. DEF-9"),
        )
    )
    external_reference = internal(
        models.CharField(
            _("curriculum system reference"),
            max_length=100,
            blank=True,
            help_text=_("Number of the proposal in the curriculum management system. GC-1"),
        )
    )
    external_url = internal(
        models.URLField(_("curriculum system link"), blank=True, help_text=_("GC-1"))
    )

    protocol_panels = [
        MultiFieldPanel(
            [
                FieldPanel("rationale"),
                FieldPanel("need_evidence"),
                FieldPanel("external_reference"),
                FieldPanel("external_url"),
            ],
            heading=_("The case"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("objectives"),
                FieldPanel("stakeholders"),
                FieldPanel("typical_student"),
                FieldPanel("program_outcomes"),
                FieldPanel("curriculum_design"),
                FieldPanel("assessment_evaluation"),
                FieldPanel("continuous_improvement"),
                FieldPanel("review_accreditation"),
                FieldPanel("compliance_legal"),
                FieldPanel("communication_transparency"),
                FieldPanel("monitoring_reporting"),
            ],
            heading=_("Development protocol (Appendix A)"),
        ),
    ]

    class Meta:
        abstract = True
