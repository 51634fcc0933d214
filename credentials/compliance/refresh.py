"""Keeps how offerings stand with the policy up to date, on commit of what changes it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision

from credentials.compliance.standings import refresh_one
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


@dataclass(frozen=True)
class _Refresh:
    """What is to be done on commit; told apart by the offering."""

    offering_pk: int

    def __call__(self) -> None:
        refresh_one(self.offering_pk)


def _refresh(offering_pk: int) -> None:
    """Once in a transaction for each offering, however often it is saved there."""
    refresh = _Refresh(offering_pk)
    if all(call != refresh for _ids, call, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(refresh, robust=True)
