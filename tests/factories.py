"""Factories of offerings, filled in as the policy asks, with traits for their life."""

import datetime
from decimal import Decimal
from typing import Any

import factory
from wagtail.images import get_image_model
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_factories import ImageFactory, PageFactory

from credentials.choices import (
    AssessmentKind,
    AssociationBasis,
    AwardKind,
    Category,
    DeliveryMode,
    PartnerKind,
)
from credentials.models import (
    AcademicUnit,
    Assessment,
    AssociationEvidence,
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
from tests.lifecycle import publish
from tests.on_record import publish_as_is
from tests.proposals import agree, submit
from tests.sections import FILLED


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
    """A draft, complete enough to be submitted. Traits: submitted, published, live."""

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

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        author = kwargs.pop("author", None)
        page = super()._create(model_class, *args, **FILLED | kwargs)
        with disable_reference_index_auto_update():  # saving the row has just indexed it
            page.save_revision(user=author)
        return model_class.objects.get(pk=page.pk)

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: dict[str, Any]) -> Any:
        """The page and its children, saved together."""
        children = _children(model_class) | kwargs.pop("children", {})
        page = model_class(**kwargs)
        for name, items in children.items():
            if name == "curriculum":
                page.curriculum = items
            else:
                getattr(page, name).set(items)
        parent.add_child(instance=page)
        return page

    @factory.post_generation
    def agreed(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Agreement signed and admission settled, unless `agreed=False`."""
        if extracted is not False:
            agree(self)

    @factory.post_generation
    def life(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """`life="submitted"`, `life="published"` by its whole route, or `life="live"` past it."""
        if extracted == "submitted":
            submit(self, **kwargs)
        if extracted == "live":
            publish_as_is(self)
        if extracted == "published":
            publish(self, **kwargs)


def _children(model_class: Any) -> dict[str, list[Any]]:
    specific = {}
    if model_class is CertificateProgram:
        specific["curriculum"] = [("module", {"title": "Practice", "hours": None, "topics": []})]
    if model_class is MicroCredential:
        specific["partners"] = [partner("Employers’ Council")]
        specific["association_evidence"] = [
            AssociationEvidence(description="Letter", url="https://evidence.example.org/letter")
        ]
    return specific | {
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
    association_basis = AssociationBasis.EMPLOYER


class DigitalBadgeFactory(OfferingFactory):
    class Meta:
        model = DigitalBadge
        skip_postgeneration_save = True

    category = Category.NAC_MICRO_CREDENTIAL
    award_kind = AwardKind.DIGITAL_BADGE
    criteria = "<p>Show three safe transfers.</p>"
    assessed_how = "On the ward, by an instructor, within a term."
    image = factory.LazyAttribute(lambda _badge: badge_image())


def badge_image() -> Any:
    """The one picture that all badges of a test share."""
    model = get_image_model()
    found = model.objects.filter(title="Badge").first()
    return found or ImageFactory(title="Badge", file__width=1200, file__height=630)


def partner(name: str = "Lakeshore Health") -> Partner:
    """An employer as a partner, not saved: pass it in `children`."""
    return Partner(name=name, kind=PartnerKind.EMPLOYER, url="https://health.example.org")


def skill(name: str) -> OfferingSkill:
    """A skill of an offering, not saved: pass it in `children`."""
    return OfferingSkill(skill=SkillFactory(name=name))
