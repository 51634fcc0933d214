"""The acts beside deciding: what each means, asks for, does, and says once it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.admin.proposals import act_forms
from workflows.choices import Office
from workflows.exceptions import DecisionRefused
from workflows.proposals import actions
from workflows.proposals.field_comments import comment_on_field
from workflows.proposals.new_words import take_new_words

Carry = Callable[[Any, dict[str, Any]], Any]  # the page that asks, and what its form says


@dataclass(frozen=True)
class ActPage:
    """One act: its heading, what it means, what is said once it is done, its form, its work."""

    heading: Any
    explanation: Any
    done: Any
    form: type[forms.Form]
    carry_out: Carry
    is_final: bool = False


def _record(view: Any, data: dict[str, Any]) -> Any:
    view.check_hash(data)
    names = ("body", "decided_on", "reference", "document", "comment")
    facts = actions.OutsideFacts(**{name: data[name] for name in names})
    return actions.record_outside(view.stage, view.request.user, facts)


def _note(view: Any, data: dict[str, Any]) -> Any:
    view.check_hash(data)
    return actions.note_received(view.stage, view.request.user, data["comment"])


def _override(view: Any, data: dict[str, Any]) -> Any:
    view.check_hash(data)
    return actions.override(view.stage, view.request.user, data["reason"], data["instrument"])


def _answer(view: Any, data: dict[str, Any]) -> Any:
    asked = view.question()
    if asked is None:
        raise DecisionRefused(_("This question does not exist."))
    return actions.give_comment(asked, view.request.user, data["text"])


ACTS: dict[str, ActPage] = {
    "hold": ActPage(
        gettext_lazy("Put on hold"),
        gettext_lazy("Nothing is decided until it is taken off hold."),
        gettext_lazy("The proposal is on hold. Those who wrote it are told why."),
        act_forms.HoldForm,
        lambda view, data: actions.hold(view.stage, view.request.user, data["reason"]),
    ),
    "resume": ActPage(
        gettext_lazy("Take off hold"),
        gettext_lazy("The stage can be decided again."),
        gettext_lazy("The proposal is off hold."),
        act_forms.ResumeForm,
        lambda view, data: actions.resume(view.stage, view.request.user, data["text"]),
    ),
    "ask_comment": ActPage(
        gettext_lazy("Ask for comment"),
        gettext_lazy("The office is asked; the decision stays where it is."),
        gettext_lazy("The question is sent. Its answer will stand in the discussion."),
        act_forms.AskForm,
        lambda view, data: actions.ask_comment(
            view.stage, view.request.user, Office(data["office"]), data["question"]
        ),
    ),
    "give_comment": ActPage(
        gettext_lazy("Answer"),
        gettext_lazy("Those who decide and the authors read your answer."),
        gettext_lazy("Your answer is recorded, and those who asked are told."),
        act_forms.TextForm,
        _answer,
    ),
    "assign": ActPage(
        gettext_lazy("Assign"),
        gettext_lazy("Name the colleague who is to decide."),
        gettext_lazy("It is assigned, and your colleague is told."),
        act_forms.AssignForm,
        lambda view, data: actions.assign(view.stage, view.request.user, data["assignee"]),
    ),
    "remark": ActPage(
        gettext_lazy("Say something"),
        gettext_lazy("Everybody who reads the proposal sees it."),
        gettext_lazy("What you said stands in the discussion."),
        act_forms.TextForm,
        lambda view, data: actions.remark(view.page, view.request.user, data["text"]),
    ),
    "comment_on_field": ActPage(
        gettext_lazy("Comment on a field"),
        gettext_lazy("Its author finds the comment beside the field in the editor."),
        gettext_lazy("The comment stands beside the field, and its authors are told."),
        act_forms.FieldCommentForm,
        lambda view, data: comment_on_field(
            view.page, view.request.user, data["field"], data["text"]
        ),
    ),
    "record": ActPage(
        gettext_lazy("Record the outcome"),
        gettext_lazy("What an outside body decided is written down here, not decided again."),
        gettext_lazy("The outcome is on record, and the proposal goes on."),
        act_forms.OutcomeForm,
        _record,
    ),
    "note": ActPage(
        gettext_lazy("Received for information"),
        gettext_lazy("The record says that the committee received it."),
        gettext_lazy("It is on record as received, and the proposal goes on."),
        act_forms.NoteForm,
        _note,
    ),
    "override": ActPage(
        gettext_lazy("Emergency override"),
        gettext_lazy(
            "It passes this stage without the office that should decide. It cannot be undone."
        ),
        gettext_lazy("The stage is passed by override, with your reason on record for ever."),
        act_forms.OverrideForm,
        _override,
        is_final=True,
    ),
    "take_words": ActPage(
        gettext_lazy("Take the new words over"),
        gettext_lazy(
            "The same content is submitted again with the words as they are now. Decisions begin "
            "again; those taken so far stay on record."
        ),
        gettext_lazy("It is submitted again, in the present words."),
        act_forms.NewWordsForm,
        lambda view, data: take_new_words(view.page, view.request.user),
        is_final=True,
    ),
    "withdraw": ActPage(
        gettext_lazy("Withdraw the proposal"),
        gettext_lazy("Its way through the offices ends; decisions stay on record."),
        gettext_lazy("The proposal is withdrawn. Its draft can be changed and submitted again."),
        act_forms.WithdrawForm,
        lambda view, data: actions.withdraw(view.page, view.request.user, data["reason"]),
        is_final=True,
    ),
}
