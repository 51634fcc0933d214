"""The page *The record*: in words, what the log proves and how anybody can check it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.views.generic import TemplateView

from credentials.record.log.entries import Checkpoint
from credentials.record.log.signing_keys import newest_key


class RecordPage(TemplateView):
    """How many facts are sealed, with the newest checkpoint to be copied."""

    template_name = "credentials/record.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = newest_key()
        address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('record:page')}".rstrip("/")
        return {
            **super().get_context_data(**kwargs),
            "checkpoint": Checkpoint.objects.newest(),
            "key": key.verifier_key if key else "",
            "address": address,
        }
