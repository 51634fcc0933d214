"""Vocabularies of governance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.conf import conf


class RouteKey(models.TextChoices):
    """The routes a proposal can take."""

    COMMITTEE = "committee", _("Department review, then Committee")
    COURSE = "course", _("Department approval")
    EDITORIAL = "editorial", _("Editorial change")
    CONTRACTED = "contracted", _("Contracted delivery")
    FOR_CREDIT = "for_credit", _("Endorsement for academic credit")


class Office(models.TextChoices):
    """The offices that decide."""

    DEPARTMENT = "department", _("Continuous Learning Department")
    COMMITTEE = "committee", _("Micro-credentials and Continuous Learning Committee")

    @property
    def official_name(self) -> str:
        """The institution's name for it, which the record keeps."""
        return conf().OFFICES[self.value]


class Outcome(models.TextChoices):
    """What a decider says."""

    APPROVED = "approved", _("Approved")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
