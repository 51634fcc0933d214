"""Vocabularies of appeals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Where a case stands, in the order of its life."""

    LATE = "late", _("Filed late: extension to be decided")
    COMPLETENESS = "completeness", _("Completeness check")
    INFORMATION = "information", _("Waiting for the appellant’s information")
    RESPONSE = "response", _("Waiting for the original decision-maker’s response")
    REVIEW = "review", pgettext_lazy("stage of an appeal", "Review")
    DECISION = "decision", pgettext_lazy("stage of an appeal", "Decision")
    SUSPENDED = "suspended", pgettext_lazy("stage of an appeal", "Suspended")
    CONCLUDED = "concluded", _("Concluded: letter and follow-up")
    CLOSED = "closed", pgettext_lazy("stage of an appeal", "Closed")


class Act(models.TextChoices):
    """What can happen to a case. The value is also the act's address in the admin."""

    FILED = "filed", _("Filed")
    EXTENSION_GRANTED = "extension-granted", _("Late filing accepted")
    EXTENSION_REFUSED = "extension-refused", _("Late filing refused")
    FOUND_COMPLETE = "complete", _("Found complete")
    INFORMATION_REQUESTED = "request-information", _("Information requested of the appellant")
    INFORMATION_RECEIVED = "receive-information", _("Information received")
    RESPONSE_REQUESTED = "request-response", _("Response requested of the decision-maker")
    RESPONSE_RECEIVED = "receive-response", _("Response received")
    RESPONSE_WAIVED = "waive-response", _("Went on without a response")
    SUBMITTED = "submit", _("Put before the decider")
    RETURNED = "return", _("Sent back to review")
    DECIDED = "decide", _("Decided")
    WITHDRAWN = "withdraw", _("Withdrawn by the appellant")
    RESOLVED = "resolve", _("Resolved informally")
    SUSPENDED = "suspend", _("Suspended")
    RESUMED = "resume", _("Resumed")
    EXTENDED = "extend", _("Deadline extended")
    ASSIGNED = "assign", _("Assigned")
    DELEGATED = "delegate", _("Decision delegated")
    DELEGATION_REVOKED = "revoke-delegation", _("Delegation revoked")
    CONFLICT_RECORDED = "conflict", _("Conflict of interest recorded")
    LINKED = "link", _("Linked with another case")
    DOCUMENT_ADDED = "add-document", _("Document added")
    LETTER_ISSUED = "letter", _("Letter issued")
    LINKS_ENDED = "end-links", _("Private links ended")
    ADDRESS_CORRECTED = "correct-address", _("Address for messages corrected")
    NOTED = "note", pgettext_lazy("what happened to an appeal", "Note")
    ACTION_COMPLETED = "complete-action", _("Required action completed")
    CLOSED = "close", pgettext_lazy("what happened to an appeal", "Closed")
    KEPT_LONGER = "keep", _("Kept longer")


class Outcome(models.TextChoices):
    """How a case can end."""

    UPHELD = "upheld", pgettext_lazy("outcome of an appeal", "Upheld")
    DISMISSED = "dismissed", pgettext_lazy("outcome of an appeal", "Dismissed")
    VARIED = "varied", pgettext_lazy("outcome of an appeal", "Varied")
    REFERRED_BACK = "referred_back", pgettext_lazy("outcome of an appeal", "Referred back")
    OUT_OF_TIME = "out_of_time", pgettext_lazy("outcome of an appeal", "Out of time")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome of an appeal", "Withdrawn")
    RESOLVED = "resolved", pgettext_lazy("outcome of an appeal", "Informally resolved")


class Part(models.TextChoices):
    """In which part somebody acts on a case."""

    OFFICE = "office", _("Appeals office")
    DECIDER = "decider", _("Decider")
    APPELLANT = "appellant", _("Appellant")
    RESPONDENT = "respondent", _("Original decision-maker")


class Channel(models.TextChoices):
    """How a case was filed."""

    FORM = "form", _("By the public form")
    OFFICE = "office", _("By the office, for the appellant")


class Looked(models.TextChoices):
    """What somebody did with what is confidential, or with who may see it."""

    BOARD = "board", _("Read the board")
    REGISTER = "register", _("Read the register")
    EXPORT = "export", _("Exported the register")
    LOG = "log", _("Read the access log")
    LOG_EXPORT = "log-export", _("Exported the access log")
    STATISTICS = "statistics", _("Read the statistics")
    CASE = "case", _("Opened the case")
    DOCUMENT = "document", _("Downloaded a document")
    LETTER = "letter", _("Read a letter")
    ACT = "act", _("Opened an act on the case")
    COPY = "copy", _("Made a redacted copy")
    REFUSED = "refused", _("Was refused")
    MEMBER_ADDED = "member-added", _("Added to a group")
    MEMBER_REMOVED = "member-removed", _("Removed from a group")


class Purpose(models.TextChoices):
    """What a private link leads to."""

    FILING = "filing", _("An appeal that is being written")
    APPELLANT = "appellant", _("The appellant’s case")
    RESPONDENT = "respondent", _("The original decision-maker’s response")
