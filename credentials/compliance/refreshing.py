"""Keeps how offerings stand with the policy up to date, on commit of what changes it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision

from credentials.compliance.standing import refresh_one
from credentials.models import AdmissionSignOff, Agreement, AgreementSignature, Offering
from credentials.signals import version_published


@receiver(post_save, sender=Revision)
def after_draft(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """A draft was saved, also by autosave."""
    model = instance.content_type.model_class()
    if model is not None and issubclass(model, Offering):
        _refresh(int(instance.object_id))


@receiver(version_published)
def after_publication(sender: type[Any], version: Any, **kwargs: Any) -> None:
    """A version was published, retired or withdrawn."""
    _refresh(version.offering_id)


@receiver(post_save, sender=Agreement)
@receiver(post_save, sender=AgreementSignature)
@receiver(post_save, sender=AdmissionSignOff)
def after_settlement(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """What stands beside the content changed: an agreement, a signature, a sign-off."""
    _refresh(instance.offering_id)


def _refresh(offering_pk: int) -> None:
    transaction.on_commit(partial(refresh_one, offering_pk), robust=True)
