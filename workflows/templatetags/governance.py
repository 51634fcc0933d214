"""Governance in words, for templates."""

from typing import Any

from django import template

from workflows.committee.outcome_words import explain

register = template.Library()


@register.filter
def explained(result: Any) -> str:
    """The outcome of a motion as one sentence."""
    return explain(result)
