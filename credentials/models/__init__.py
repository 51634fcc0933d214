"""All models of the app, by what they are about."""

from credentials.models.agreements import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    SigningCode,
    SigningInvitation,
)
from credentials.models.imports import ImportedValues, ImportRow, ImportRun
from credentials.models.message_templates import MessageAdoption, MessageTemplate
from credentials.models.offerings.branch import Branch
from credentials.models.offerings.certificate_program import CertificateProgram
from credentials.models.offerings.course import Course
from credentials.models.offerings.delivery import Session
from credentials.models.offerings.digital_badge import DigitalBadge
from credentials.models.offerings.micro_credential import AssociationEvidence, MicroCredential
from credentials.models.offerings.offering import Offering
from credentials.models.offerings.outcomes import Assessment, Outcome
from credentials.models.offerings.stacking import Component, Prerequisite, RequirementGroup
from credentials.models.offerings.structure import OfferingSkill, Partner
from credentials.models.osap import OsapEvent, OsapRecord
from credentials.models.osap_years import OsapYear
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
from credentials.models.standings import ClauseStanding, Readiness
from credentials.models.taxonomy import AcademicUnit, Skill, SkillAlignment
from credentials.models.tokens import PersonalToken
from credentials.models.what_ifs import WhatIf, WhatIfEffect
from credentials.people.accounts import AccountTrace
from credentials.private_links.request_limits import RequestCount
from credentials.record.approvals import Approval
from credentials.record.contributions import Contribution
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.log.entries import (
    Checkpoint,
    LogEntry,
    LogKey,
    LogNode,
    QueuedFact,
    Seal,
)
from credentials.record.pictures import PublishedPicture
from credentials.record.projection import CatalogueEntry, CatalogueFacet

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
    "MessageAdoption",
    "MessageTemplate",
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
    "RequestCount",
    "RequirementGroup",
    "ReviewDate",
    "Seal",
    "Session",
    "SigningCode",
    "SigningInvitation",
    "Skill",
    "SkillAlignment",
    "WhatIf",
    "WhatIfEffect",
    "scheduling",
]
