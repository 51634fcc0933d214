"""Course: short courses, workshops, development programs, training, camps (FW-1, SH-1 to SH-3)."""

from django.utils.translation import gettext_lazy as _

from credentials.choices import Category, Kind
from credentials.models.offerings.offering import Offering


class Course(Offering):
    """Anything taught that is neither a program nor a micro-credential; the category says which."""

    kind = Kind.COURSE
    allowed_categories = (
        Category.SHORT_COURSE,
        Category.PROFESSIONAL_DEVELOPMENT,
        Category.NAC_COURSE,
        Category.CUSTOMIZED_TRAINING,
        Category.CAMP,
        Category.OTHER,
    )

    edit_handler = Offering.tabs()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
