"""Tables that nobody may search by reference (law 6).

Wagtail shows for a person, a file or a page which rows name it, to whoever may open that page. Rows
of an appeal would be seen there by people who may not read the appeal.
"""

from typing import ClassVar

from django.db import models


class Unreferenced(models.Model):
    """A table that Wagtail's reference index leaves out."""

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        abstract = True
