"""All models of the app, by what they are about."""

from credentials.catalogue.ledger import LedgerHead, PublishedVersion
from credentials.catalogue.pictures import PublishedPicture
from credentials.catalogue.projection import CatalogueEntry, CatalogueFacet
from credentials.models.accounts import AccountTrace
from credentials.models.agreements import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    SigningInvitation,
)
from credentials.models.approvals import Approval
from credentials.models.branch import Branch
from credentials.models.certificate_program import CertificateProgram
from credentials.models.contributions import Contribution
from credentials.models.course import Course
from credentials.models.delivery import Session
from credentials.models.digital_badge import DigitalBadge
from credentials.models.imports import ImportedValues, ImportRow, ImportRun
from credentials.models.micro_credential import AssociationEvidence, MicroCredential
from credentials.models.offering import Offering
from credentials.models.osap import OsapEvent, OsapRecord
from credentials.models.osap_years import OsapYear
from credentials.models.outcomes import Assessment, Outcome
from credentials.models.page_types import PAGE_TYPES
from credentials.models.policies import (
    ClauseRule,
    Obligation,
    PolicyAdoption,
    PolicyClause,
    PolicyVersion,
)
from credentials.models.reminders import Reminder
from credentials.models.reviews import ReviewDate
from credentials.models.sign_offs import AdmissionSignOff
from credentials.models.stacking import Component, Prerequisite, RequirementGroup
from credentials.models.standings import ClauseStanding, Readiness
from credentials.models.structure import OfferingSkill, Partner
from credentials.models.taxonomy import AcademicUnit, Skill, SkillAlignment
from credentials.models.tokens import PersonalToken
from credentials.models.what_ifs import WhatIf, WhatIfEffect
from credentials.record.log.entries import (
    Checkpoint,
    LogEntry,
    LogKey,
    LogNode,
    QueuedFact,
    Seal,
)

# Listens to a signal, and needs the models above.
from credentials.catalogue import scheduling  # isort: skip

__all__ = [
    "PAGE_TYPES",
    "AcademicUnit",
    "AccountTrace",
    "AdmissionSignOff",
    "Agreement",
    "AgreementParty",
    "AgreementSignature",
    "Approval",
    "Assessment",
    "AssociationEvidence",
    "Branch",
    "CatalogueEntry",
    "CatalogueFacet",
    "CertificateProgram",
    "Checkpoint",
    "ClauseRule",
    "ClauseStanding",
    "Component",
    "Contribution",
    "Course",
    "DigitalBadge",
    "ImportRow",
    "ImportRun",
    "ImportedValues",
    "LedgerHead",
    "LogEntry",
    "LogKey",
    "LogNode",
    "MicroCredential",
    "Obligation",
    "Offering",
    "OfferingSkill",
    "OsapEvent",
    "OsapRecord",
    "OsapYear",
    "Outcome",
    "Partner",
    "PersonalToken",
    "PolicyAdoption",
    "PolicyClause",
    "PolicyVersion",
    "Prerequisite",
    "PublishedPicture",
    "PublishedVersion",
    "QueuedFact",
    "Readiness",
    "Reminder",
    "RequirementGroup",
    "ReviewDate",
    "Seal",
    "Session",
    "SigningInvitation",
    "Skill",
    "SkillAlignment",
    "WhatIf",
    "WhatIfEffect",
    "scheduling",
]
