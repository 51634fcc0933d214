"""Tables whose rows nobody is to find by what they point to (law 6)."""

from typing import ClassVar

from django.db import models


class Unreferenced(models.Model):
    """A table that Wagtail's reference index leaves out."""

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        abstract = True
