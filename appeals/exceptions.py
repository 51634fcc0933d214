"""Refusals. Each carries a sentence for the person, saying what to do instead."""

from django.core.exceptions import PermissionDenied


class CaseRefused(PermissionDenied):
    """Something cannot be done to a case as it stands, or not by this person."""


class ReasonNeeded(Exception):
    """A superuser, who is of neither office, is to say first why they look."""


class CodeRefused(Exception):
    """A one-time code is not sent or not accepted. Carries a sentence for the person."""


class TooMany(Exception):
    """Something was asked for too often from one place. Carries a sentence for the person."""
