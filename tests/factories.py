"""Factories of offerings, filled in as the policy asks, with traits for their life."""

import datetime
from decimal import Decimal
from typing import Any

import factory
from wagtail_factories import PageFactory

from credentials.choices import (
    AssessmentKind,
    AwardKind,
    Category,
    DeliveryMode,
    PartnerKind,
)
from credentials.models import (
    AcademicUnit,
    Assessment,
    CertificateProgram,
    Course,
    DigitalBadge,
    MicroCredential,
    OfferingSkill,
    Outcome,
    Partner,
    Session,
    Skill,
)
from tests.lifecycle import publish, submit


class AcademicUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AcademicUnit
        django_get_or_create = ("code",)

    code = "health-sciences"
    name = "Faculty of Health Sciences"


class SkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Skill
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Skill {n}")


class OfferingFactory(PageFactory):
    """A draft, complete enough to be submitted. Traits: submitted, published."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Offering {n}")
    live = False
    summary = "Learn to do one thing well."
    description = "<p>What it is for and what it covers.</p>"
    delivery_modes = factory.LazyFunction(lambda: [DeliveryMode.ONLINE.value])
    hours = Decimal("24.0")
    fee = Decimal("495.00")
    award_kind = AwardKind.CERTIFICATE_OF_COMPLETION
    rationale = "Employers asked for it."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        children = _children() | kwargs.pop("children", {})
        author = kwargs.pop("author", None)
        page = super()._create(model_class, *args, **kwargs)
        for relation, items in children.items():
            getattr(page, relation).set(items)
        page.save()
        page.save_revision(user=author)
        return model_class.objects.get(pk=page.pk)

    @factory.post_generation
    def life(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """`life="submitted"` or `life="published"`, with `life__people` when people matter."""
        if extracted == "submitted":
            submit(self, **kwargs)
        if extracted == "published":
            publish(self, **kwargs)


def _children() -> dict[str, list[Any]]:
    return {
        "outcomes": [
            Outcome(code="LO1", statement="Assess a patient’s risk of falling."),
            Outcome(code="LO2", statement="Plan a safe transfer."),
        ],
        "assessments": [
            Assessment(
                title="Observed transfer",
                kind=AssessmentKind.PERFORMANCE,
                outcome_codes="LO1, LO2",
            )
        ],
        "sessions": [Session(starts=datetime.date(2027, 1, 11), place="North Campus")],
    }


class CourseFactory(OfferingFactory):
    class Meta:
        model = Course
        skip_postgeneration_save = True

    category = Category.SHORT_COURSE


class CertificateProgramFactory(OfferingFactory):
    class Meta:
        model = CertificateProgram
        skip_postgeneration_save = True

    category = Category.CERTIFICATE_PROGRAM
    award_kind = AwardKind.CERTIFICATE


class MicroCredentialFactory(OfferingFactory):
    class Meta:
        model = MicroCredential
        skip_postgeneration_save = True

    category = Category.NAC_MICRO_CREDENTIAL
    award_kind = AwardKind.MICRO_CREDENTIAL
    competency = "Moves patients safely."


class DigitalBadgeFactory(OfferingFactory):
    class Meta:
        model = DigitalBadge
        skip_postgeneration_save = True

    category = Category.NAC_MICRO_CREDENTIAL
    award_kind = AwardKind.DIGITAL_BADGE
    criteria = "<p>Show three safe transfers.</p>"


def partner(name: str = "Lakeshore Health") -> Partner:
    """An employer as a partner, not saved: pass it in `children`."""
    return Partner(name=name, kind=PartnerKind.EMPLOYER, url="https://health.example.org")


def skill(name: str) -> OfferingSkill:
    """A skill of an offering, not saved: pass it in `children`."""
    return OfferingSkill(skill=SkillFactory(name=name))
