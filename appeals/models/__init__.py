"""All models of the app, by what they are about."""

from appeals.models.access import CaseAccess
from appeals.models.cases import Case, CaseCounter, FirstInstanceDecider
from appeals.models.closures import UniversityClosure
from appeals.models.documents import CaseDocument
from appeals.models.events import CaseEvent, Delegation
from appeals.models.filings import DraftUpload, FilingDraft, OneTimeCode, PrivateLink
from appeals.models.issued_letters import Letter
from appeals.models.letters import LetterTemplate
from appeals.models.procedure_parts import Ground, ProcedureStep, Step
from appeals.models.procedures import ClockStart, Procedure, ProcedureAdoption
from appeals.models.retention import CaseStatistic, PurgeCertificate, Retention

__all__ = [
    "Case",
    "CaseAccess",
    "CaseCounter",
    "CaseDocument",
    "CaseEvent",
    "CaseStatistic",
    "ClockStart",
    "Delegation",
    "DraftUpload",
    "FilingDraft",
    "FirstInstanceDecider",
    "Ground",
    "Letter",
    "LetterTemplate",
    "OneTimeCode",
    "PrivateLink",
    "Procedure",
    "ProcedureAdoption",
    "ProcedureStep",
    "PurgeCertificate",
    "Retention",
    "Step",
    "UniversityClosure",
]
