"""All models of the app, by what they are about."""

from workflows.models.decisions import Decision
from workflows.models.retirements import RetirementDecision, RetirementRequest
from workflows.models.routes import Route
from workflows.models.stages import OfficeStage, StageState

__all__ = [
    "Decision",
    "OfficeStage",
    "RetirementDecision",
    "RetirementRequest",
    "Route",
    "StageState",
]
