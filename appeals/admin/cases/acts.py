"""Acts in the admin as data: the form that each asks for, what it does, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from appeals.acts import (
    additions,
    completeness,
    contacts,
    decisions,
    endings,
    extensions,
    people,
    response,
)
from appeals.acts.filing import FirstDecider, as_first_decider
from appeals.admin.cases import act_forms as forms
from appeals.choices import Act
from appeals.exceptions import CaseRefused
from appeals.models import Case
from appeals.uploads.inspection import check_upload
from credentials.people.actors import Person

Given = dict[str, Any]
CarryOut = Callable[[Person, Case, Given], object]


@dataclass(frozen=True)
class Doing:
    """An act on a page of its own: what its button says, its form, and what it leads to."""

    title: str | Promise
    form: type[forms.ActForm]
    carry_out: CarryOut
    consequence: str | Promise = ""


def _with_text(act: Callable[[Person, Case, str], object]) -> CarryOut:
    return lambda person, case, given: act(person, case, given["text"])


def _decide(person: Person, case: Case, given: Given) -> object:
    return decisions.decide(
        person,
        case,
        decisions.Ruling(
            given["outcome"],
            given["text"],
            referred_to=given["referred_to"],
            action=given["action"],
            action_due=given["action_due"],
        ),
    )


def _delegate(person: Person, case: Case, given: Given) -> object:
    instrument = people.Instrument(given["reference"], given["first_day"], given["last_day"])
    return people.delegate(person, case, given["holder"], instrument)


def _conflict(person: Person, case: Case, given: Given) -> object:
    account = given["account"]
    who = as_first_decider(account) if account else FirstDecider(given["name"], given["email"])
    return people.record_conflict(person, case, who, given["text"])


def _link(person: Person, case: Case, given: Given) -> object:
    other = Case.objects.filter(number=given["number"].strip().upper()).first()
    if other is None:
        # The same sentence as for one that is not theirs to see.
        raise CaseRefused(_t("Number of the other appeal: there is no such appeal to link with."))
    return additions.link(person, case, other, given["text"])


def _document(person: Person, case: Case, given: Given) -> object:
    file = check_upload(given["file"], given["title"])
    return additions.add_document(person, case, file, is_shared=given["is_shared"])


_TOLD = _("The appellant gets a message with a link to read it.")
DOINGS: dict[Act, Doing] = {
    Act.EXTENSION_GRANTED: Doing(
        _("Take up the late appeal"), forms.ReasonsForm, _with_text(decisions.accept_late), _TOLD
    ),
    Act.EXTENSION_REFUSED: Doing(
        _("Refuse the late appeal"),
        forms.ReasonsForm,
        _with_text(decisions.refuse_late),
        _("The appeal ends out of time; the office issues the letter."),
    ),
    Act.FOUND_COMPLETE: Doing(
        _("Find it complete"),
        forms.NoteForm,
        _with_text(completeness.find_complete),
        _("It goes on to the original decision-maker’s response."),
    ),
    Act.INFORMATION_REQUESTED: Doing(
        _("Ask for what is missing"),
        forms.MissingForm,
        _with_text(completeness.request_information),
        _TOLD,
    ),
    Act.INFORMATION_RECEIVED: Doing(
        _("Note what came in"),
        forms.NoteForm,
        _with_text(completeness.receive_information),
        _("It goes back to where it was asked for."),
    ),
    Act.RESPONSE_REQUESTED: Doing(
        _("Ask for the response"),
        forms.RespondentForm,
        lambda person, case, given: response.request_response(person, case, given["respondent"]),
        _("They get a private link, which opens with a code. An earlier link stops working."),
    ),
    Act.RESPONSE_RECEIVED: Doing(
        _("Note the response"),
        forms.TextForm,
        _with_text(response.receive_response),
        _("The review begins. The appellant reads the response."),
    ),
    Act.RESPONSE_WAIVED: Doing(
        _("Go on without a response"),
        forms.ReasonForm,
        _with_text(response.go_on_without),
        _("The review begins."),
    ),
    Act.SUBMITTED: Doing(
        _("Put it before the decider"),
        forms.NoteForm,
        _with_text(decisions.submit),
        _("The decider and the delegate, if there is one, get a message."),
    ),
    Act.RETURNED: Doing(
        _("Send it back to review"), forms.TextForm, _with_text(decisions.send_back)
    ),
    Act.DECIDED: Doing(
        _("Decide"),
        forms.DecideForm,
        _decide,
        _("This is final: a decision is not changed afterwards. The office issues the letter."),
    ),
    Act.WITHDRAWN: Doing(
        _("Note that it is withdrawn"),
        forms.TextForm,
        _with_text(endings.withdraw_for),
        _("The appeal ends. Say how and when the appellant withdrew it."),
    ),
    Act.RESOLVED: Doing(
        _("Note that it is resolved"),
        forms.TextForm,
        _with_text(endings.resolve),
        _("The appeal ends. Say what was agreed; the letter repeats it."),
    ),
    Act.SUSPENDED: Doing(
        _("Suspend"),
        forms.ReasonForm,
        _with_text(extensions.suspend),
        _("Time stands still. The appellant reads the reason."),
    ),
    Act.RESUMED: Doing(
        _("Take it up again"), forms.NoteForm, _with_text(extensions.resume), _("Time runs again.")
    ),
    Act.EXTENDED: Doing(
        _("Extend the deadline"),
        forms.ExtendForm,
        lambda person, case, given: extensions.extend(
            person, case, given["working_days"], given["text"]
        ),
        _("The appellant is told, and reads the reason."),
    ),
    Act.ASSIGNED: Doing(
        _("Assign"),
        forms.AssignForm,
        lambda person, case, given: people.assign(person, case, given["worker"]),
    ),
    Act.DELEGATED: Doing(
        _("Delegate the decision"),
        forms.DelegateForm,
        _delegate,
        _("The delegate sees this appeal, and no other, until the last day."),
    ),
    Act.DELEGATION_REVOKED: Doing(
        _("Take back the delegation"),
        forms.RevokeForm,
        lambda person, case, given: people.revoke(person, case, given["delegation"], given["text"]),
    ),
    Act.CONFLICT_RECORDED: Doing(
        _("Record a conflict of interest"),
        forms.ConflictForm,
        _conflict,
        _("They no longer see this appeal, whatever their role. This cannot be undone."),
    ),
    Act.LINKED: Doing(_("Link with another appeal"), forms.LinkForm, _link),
    Act.DOCUMENT_ADDED: Doing(_("Add a document"), forms.DocumentForm, _document),
    Act.LINKS_ENDED: Doing(
        _("End private links"),
        forms.EndLinksForm,
        lambda person, case, given: contacts.end_links(person, case, given["whose"], given["text"]),
        _(
            "They stop working at once, and whoever is inside by one is out. The appellant can "
            "ask for a new link, which goes to their address; if that is wrong, correct it. The "
            "original decision-maker gets one when you ask for the response again."
        ),
    ),
    Act.ADDRESS_CORRECTED: Doing(
        _("Correct the appellant’s address"),
        forms.AddressForm,
        lambda person, case, given: contacts.correct_address(
            person, case, given["email"], given["phone"], given["text"]
        ),
        _(
            "All messages go to the new address from now on. What was filed stays as it was filed; "
            "the appellant reads that the address was corrected, and nothing more."
        ),
    ),
    Act.NOTED: Doing(
        _("Add a note"),
        forms.TextForm,
        _with_text(additions.note),
        _("Notes are for the office and the decider, and stay with the file."),
    ),
    Act.ACTION_COMPLETED: Doing(
        _("Record that it is done"), forms.TextForm, _with_text(endings.complete_action)
    ),
    Act.CLOSED: Doing(
        _("Close the file"),
        forms.NoteForm,
        _with_text(endings.close),
        _("It is kept as long as the procedures say, and counts in the yearly figures."),
    ),
    Act.KEPT_LONGER: Doing(
        _("Keep it longer"),
        forms.KeepForm,
        lambda person, case, given: endings.keep_longer(
            person, case, given["until"], given["text"]
        ),
        _("It is not purged before that day. This cannot be undone."),
    ),
}
