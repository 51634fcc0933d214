"""The forms of the steps in which an appeal is written. Every sentence says what to do (AP-1)."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.models import ClockStart, Procedure
from credentials.models import Offering

MOST_SUGGESTIONS = 2_000
LONGEST_TEXT = 50_000  # characters
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class _Day(forms.DateInput):
    """A day, chosen in the browser's own calendar; ISO on the way."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _LongText(forms.CharField):
    """Text that a browser does not cut off when it is too long: the refusal says so instead."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(
                _("This is longer than %(most)s characters. Shorten it, or add a document.")
                % {"most": LONGEST_TEXT}
            )
        return text


def _missing(sentence: Any) -> dict[str, Any]:
    return {"required": sentence}


class StepForm(forms.Form):
    """One step. Answers come from the draft, whether or not they will do."""

    def __init__(self, data: Any = None, *, procedure: Procedure) -> None:
        super().__init__(data)
        self.procedure = procedure
        for field in self.fields.values():
            # What is missing is said by the page, in a sentence, and not by the browser.
            field.widget.is_required = False


class YouForm(StepForm):
    """Who appeals."""

    appellant_name = forms.CharField(
        label=gettext_lazy("Your full name"),
        max_length=200,
        error_messages=_missing(gettext_lazy("Write your name, so that we can answer you.")),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    student_number = forms.CharField(
        label=gettext_lazy("Student number"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("If you have one."),
    )
    appellant_phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("If we may call you."),
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our letters"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages=_missing(gettext_lazy("Choose the language of our letters.")),
    )


class DecisionForm(StepForm):
    """Which decision, about which offering, of when."""

    offering_title = forms.CharField(
        label=gettext_lazy("Course or program"),
        max_length=255,
        help_text=gettext_lazy("Begin to type and choose it, or write what it is called."),
        error_messages=_missing(gettext_lazy("Say which course or program it is about.")),
        widget=forms.TextInput({"list": "offerings", "autocomplete": "off"}),
    )
    decision = _LongText(
        rows=4,
        label=gettext_lazy("The decision that you appeal"),
        help_text=gettext_lazy("What was decided, for example a grade or a refusal."),
        error_messages=_missing(gettext_lazy("Say what was decided.")),
    )
    decision_body = forms.CharField(
        label=gettext_lazy("Who took it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The office or the person, if you know."),
    )
    decided_on = forms.DateField(
        label=gettext_lazy("Date of the decision"),
        input_formats=DAY_FORMATS,
        widget=_Day,
        help_text=gettext_lazy("Year, month and day, such as 2026-03-31."),
        error_messages=_missing(gettext_lazy("Give the day of the decision.")),
    )
    received_on = forms.DateField(
        label=gettext_lazy("Day on which you received it"),
        input_formats=DAY_FORMATS,
        widget=_Day,
        error_messages=_missing(
            gettext_lazy("Give the day on which you received it: your time to appeal begins there.")
        ),
    )
    received_time = forms.TimeField(
        label=gettext_lazy("At what time"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("If you know it: what comes late in the day counts a day later."),
    )

    def __init__(self, data: Any = None, *, procedure: Procedure) -> None:
        super().__init__(data, procedure=procedure)
        self.fields["received_on"].required = procedure.clock_start == ClockStart.RECEIPT

    def clean(self) -> dict[str, Any]:
        """The days have to follow one another."""
        given = super().clean() or self.cleaned_data
        decided, received = given.get("decided_on"), given.get("received_on")
        today = timezone.localdate()
        if decided and decided > today:
            self.add_error("decided_on", _("This day has not come yet. Correct it."))
        if received and received > today:
            self.add_error("received_on", _("This day has not come yet. Correct it."))
        elif received and decided and received < decided:
            self.add_error(
                "received_on", _("You received it after it was taken. Correct one of the days.")
            )
        return given

    @staticmethod
    def suggestions() -> list[str]:
        """Titles of what is offered, to choose from."""
        titles = Offering.objects.live().order_by("title").values_list("title", flat=True)
        return list(titles.distinct()[:MOST_SUGGESTIONS])


class GroundsForm(StepForm):
    """On which of the grounds of the procedures in force it rests (AP-2)."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Your appeal rests on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=_missing(gettext_lazy("Choose at least one of the grounds.")),
    )

    def __init__(self, data: Any = None, *, procedure: Procedure) -> None:
        super().__init__(data, procedure=procedure)
        grounds: Any = self.fields["grounds"]
        grounds.choices = [(ground.key, ground.name) for ground in procedure.grounds.all()]
        self.explanations = {ground.key: ground.explanation for ground in procedure.grounds.all()}


class StatementForm(StepForm):
    """Why, and what should be done."""

    statement = _LongText(
        rows=14,
        label=gettext_lazy("Your statement"),
        help_text=gettext_lazy("What happened, and why the grounds that you chose apply."),
        error_messages=_missing(gettext_lazy("Write why you appeal.")),
    )
    remedy = _LongText(
        rows=5,
        label=gettext_lazy("What you ask for"),
        required=False,
        help_text=gettext_lazy("For example a new assessment."),
    )


class LateForm(StepForm):
    """Why it is late; asked for only when it is."""

    late_reason = _LongText(
        rows=5,
        label=gettext_lazy("Why your appeal is late"),
        help_text=gettext_lazy(
            "What kept you from filing in time, and when. It is decided first whether your appeal "
            "is taken up all the same."
        ),
        error_messages=_missing(
            gettext_lazy("Say why it is late, so that it can be decided whether it is taken up.")
        ),
    )
