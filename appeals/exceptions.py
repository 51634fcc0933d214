"""Refusals. Each carries a sentence for the person, saying what to do instead."""

from django.core.exceptions import PermissionDenied


class CaseRefused(PermissionDenied):
    """Something cannot be done to a case as it stands, or not by this person."""


class ReasonNeeded(Exception):
    """A superuser, who is of neither office, is to say first why they look."""
