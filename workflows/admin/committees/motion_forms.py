"""Forms of a motion: opening it, voting on it, confirming its conditions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.choices import Choice, Purpose
from workflows.committee.question import Question
from workflows.committee_seats.seats import seated
from workflows.models import Committee


class MotionForm(forms.Form):
    """What is put to the committee."""

    purpose = forms.ChoiceField(
        label=_("Motion to"), widget=forms.RadioSelect, choices=Purpose.choices
    )
    text = forms.CharField(
        label=_("Wording"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when changes are asked for; otherwise the title says what it is."),
    )
    back_to = forms.ChoiceField(
        label=_("Back to"),
        required=False,
        help_text=_("Only when changes are asked for."),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line, to be met before publication. What would change the content cannot be a "
            "condition: ask for changes instead."
        ),
    )
    moved_by = forms.ChoiceField(label=_("Moved by"), required=False)
    seconded_by = forms.ChoiceField(label=_("Seconded by"), required=False)

    def __init__(
        self,
        *args: Any,
        committee: Committee,
        stages: list[Any],
        purposes: list[str],
        movers: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """`movers` are those who can move to reconsider, among them alternates who voted."""
        super().__init__(*args, **kwargs)
        self.stages = {str(stage.pk): stage for stage in stages}
        names = [item.holder.person_name for item in seated(committee) if item.seat.votes]
        names += [name for name in movers if name not in names]
        people = [("", _("Not recorded")), *((name, name) for name in names)]
        for name in ("moved_by", "seconded_by"):
            self.fields[name].choices = people  # type: ignore[attr-defined]
        self.fields["back_to"].choices = [  # type: ignore[attr-defined]
            ("", _("Its author")),
            *((key, stage.name) for key, stage in self.stages.items()),
        ]
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            choice for choice in Purpose.choices if choice[0] in purposes
        ]
        self.initial.setdefault("purpose", purposes[0])
        if Purpose.REQUEST_CHANGES not in purposes:  # no route to go back on, and no waiting
            del self.fields["back_to"], self.fields["conditions"]

    def clean(self) -> dict[str, Any]:
        """Nobody seconds their own motion; changes are worded."""
        data = super().clean() or {}
        if data.get("moved_by") and data.get("moved_by") == data.get("seconded_by"):
            self.add_error("seconded_by", _("Another member seconds the motion."))
        if data.get("purpose") == Purpose.REQUEST_CHANGES and not data.get("text", "").strip():
            self.add_error("text", _("Word the motion: say which changes are asked for."))
        return data

    def question(self, **more: Any) -> Question:
        """What the form says, to be opened."""
        data = self.cleaned_data
        asks_for_changes = data["purpose"] == Purpose.REQUEST_CHANGES
        return Question(
            purpose=Purpose(data["purpose"]),
            text=data["text"],
            conditions=() if asks_for_changes else tuple(data.get("conditions", "").splitlines()),
            back_to=self.stages.get(data["back_to"]) if asks_for_changes else None,
            moved_by=data["moved_by"],
            seconded_by=data["seconded_by"],
            **more,
        )


class BallotForm(forms.Form):
    """A vote on what its voter read, named by its hash (law 2)."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to hold it for discussion: what must be answered?"),
    )
    certain = forms.BooleanField(
        label=_("I know that recusing myself is final for this motion"),
        required=False,
        help_text=_("Only when you recuse yourself."),
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A recusal cannot be undone, so it is confirmed; a hold says why."""
        data = super().clean() or {}
        if data.get("choice") == Choice.RECUSE and not data.get("certain"):
            self.add_error("certain", _("Tick this to recuse yourself: it cannot be undone."))
        if data.get("choice") == Choice.DISCUSS and not data.get("comment", "").strip():
            self.add_error("comment", _("Say what must be answered before it can be decided."))
        return data


class ConditionForm(forms.Form):
    """How a condition was met."""

    note = forms.CharField(label=_("How it was met"), widget=forms.Textarea(attrs={"rows": 2}))
