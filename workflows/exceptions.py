"""Refusals of a decision, each with a sentence that says what to do instead."""

from django.core.exceptions import PermissionDenied


class DecisionRefused(PermissionDenied):
    """A person may not take this decision, or not on this content (laws 2, 4, 5)."""


class NotYours(DecisionRefused):
    """This person may not take the decision; another may (laws 4 and 5)."""
