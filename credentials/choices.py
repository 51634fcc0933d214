"""The policy's vocabularies. Keys are stable: they stand in the API, in URLs and in hashes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What sort of offering a page is; one page type each."""

    CERTIFICATE_PROGRAM = "certificate_program", _("Certificate program")
    COURSE = "course", _("Course")
    MICRO_CREDENTIAL = "micro_credential", _("Micro-credential")
    DIGITAL_BADGE = "digital_badge", _("Digital badge")


class Category(models.TextChoices):
    """The eight categories of continuous learning (FW-1)."""

    CERTIFICATE_PROGRAM = "certificate_program", _("Certificate program")
    SHORT_COURSE = "short_course", _("Short course or workshop")
    PROFESSIONAL_DEVELOPMENT = "professional_development", _("Professional development program")
    NAC_COURSE = "nac_course", _("Not-for-academic-credit course")
    NAC_MICRO_CREDENTIAL = (
        "nac_micro_credential",
        _("Not-for-academic-credit micro-credential"),
    )
    CUSTOMIZED_TRAINING = "customized_training", _("Customized training for an organization")
    CAMP = "camp", _("Camp for children and young teens")
    OTHER = "other", _("Other offering made of not-for-academic-credit courses")


class CreditBasis(models.TextChoices):
    """Whether the offering counts toward a degree or diploma (DEF-7); decides the route."""

    NAC = "nac", _("Not for academic credit")
    FAC = "fac", _("For academic credit")


class DeliveryMode(models.TextChoices):
    """How an offering is delivered (MC-5); several may be combined."""

    FACE_TO_FACE = "face_to_face", _("Face to face")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")
    DISTANCE = "distance", _("By distance")


class Language(models.TextChoices):
    """Language of instruction."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    BILINGUAL = "en-fr", _("English and French")
    OTHER = "mul", _("Another language")


class StackingApproach(models.TextChoices):
    """How the parts of a stackable credential relate (DEF-10 to DEF-13)."""

    NONE = "", _("Not a stackable credential")
    HORIZONTAL = "horizontal", _("Horizontal: parts in little or no order")
    VERTICAL = "vertical", _("Vertical: parts in an order set by prerequisites")
    VALUE_ADDED = "value_added", _("Value-added: both, with further evidence of mastery")


class PrerequisiteKind(models.TextChoices):
    """Whether it must be held before, or may be taken together with, the offering."""

    PREREQUISITE = "prerequisite", _("Prerequisite")
    COREQUISITE = "corequisite", _("Corequisite")


class GroupRule(models.TextChoices):
    """How many of a requirement group's components a learner completes (CP-5 to CP-7)."""

    ALL = "all", _("All of them")
    AT_LEAST = "at_least", _("At least a number of them")
    HOURS = "hours", _("At least a number of hours of them")


class Duty(models.TextChoices):
    """Responsibilities that the parties settle before development (MC-6)."""

    DEVELOPMENT = "development", _("Development")
    DELIVERY = "delivery", pgettext_lazy("duty", "Delivery")
    BADGES = "badges", _("Issuing of badges")
    LEARNING_SYSTEM = "learning_system", _("Learning management system")
    TECHNICAL_SUPPORT = "technical_support", _("Technical support for learners")
    ACCESSIBILITY = "accessibility", _("Accessibility (AODA)")


class PartyKind(models.TextChoices):
    """Who a party to a responsibilities agreement is (MC-6)."""

    DEPARTMENT = "department", _("Continuous Learning Department")
    ACADEMIC_UNIT = "academic_unit", _("Academic unit")
    PARTNER = "partner", _("Outside partner")
    OTHER_UNIT = "other_unit", _("Another unit of the university")


class AssessmentKind(models.TextChoices):
    """How learners are assessed. The last three can never establish mastery (MC-4)."""

    PROJECT = "project", _("Project")
    PORTFOLIO = "portfolio", _("Portfolio")
    PERFORMANCE = "performance", _("Observed performance or demonstration")
    SIMULATION = "simulation", _("Simulation or scenario")
    CASE_STUDY = "case_study", _("Case study")
    WRITTEN = "written", _("Written work or open-answer examination")
    ORAL = "oral", _("Oral examination or presentation")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    FILL_IN_THE_BLANK = "fill_in_the_blank", _("Fill in the blank")


class AssociationBasis(models.TextChoices):
    """Why a micro-credential was developed (MC-3)."""

    EMPLOYER = "employer", _("Developed with an employer")
    REGULATION = "regulation", _("Answers a regulatory change in a profession")
    LEGISLATION = "legislation", _("Answers changing legislation")
    WAIVER = "waiver", _("Employer requirement waived: benefits many who seek employment")


class AwardKind(models.TextChoices):
    """What a learner receives on completion (CP-1, SH-1)."""

    NONE = "", _("Nothing is awarded")
    CERTIFICATE = "certificate", _("Certificate")
    CERTIFICATE_OF_COMPLETION = "certificate_of_completion", _("Certificate of completion")
    MICRO_CREDENTIAL = "micro_credential", _("Micro-credential")
    DIGITAL_BADGE = "digital_badge", _("Digital badge")


class PartnerKind(models.TextChoices):
    """Who the offering is developed or delivered with (FW-1)."""

    EMPLOYER = "employer", _("Employer")
    ASSOCIATION = "association", _("Professional association or regulator")
    COMMUNITY = "community", _("Community organization")
    EDUCATION = "education", _("Another educational institution")


NOT_MASTERY = frozenset(
    {
        AssessmentKind.MULTIPLE_CHOICE,
        AssessmentKind.TRUE_FALSE,
        AssessmentKind.FILL_IN_THE_BLANK,
    }
)
