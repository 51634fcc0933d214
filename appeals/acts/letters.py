"""Issuing a letter: its words are kept as they go out (law 3)."""

from django.utils.translation import gettext as _

from appeals.acts.act import acting
from appeals.acts.texts import required
from appeals.choices import Act
from appeals.exceptions import CaseRefused
from appeals.letters.composition import draw_up
from appeals.letters.kinds import NOT_TO_APPELLANT, possible_kinds
from appeals.models import Case, Letter
from appeals.notices.mail import tell_appellant
from appeals.rules.letter_text import LetterKind
from credentials.conf import conf
from credentials.message_templates.placeholders import used
from credentials.people.actors import Person


def issue(person: Person, case: Case, kind: LetterKind, subject: str, body: str) -> Letter:
    """Issue a letter in these words. The appellant is told where to read theirs.

    Raises CaseRefused for a letter that does not fit, or one in which a placeholder was left.
    """
    with acting(person, case, Act.LETTER_ISSUED) as doing:
        if kind not in possible_kinds(doing.events):
            raise CaseRefused(
                _("“%(letter)s” does not fit the appeal as it stands.") % {"letter": kind.label}
            )
        subject, body = required(subject, _("Subject")), required(body, _("Text"))
        if left := used(subject + body):
            raise CaseRefused(
                _("Text: {%(name)s} was left in it. Write what stands for it.")
                % {"name": "}, {".join(sorted(left))}
            )
        letter = Letter.objects.create(
            case=doing.case,
            number=doing.case.letters.count() + 1,
            kind=kind,
            language=doing.case.language,
            recipient=draw_up(doing.case, kind, doing.events).recipient,
            is_to_appellant=kind not in NOT_TO_APPELLANT,
            subject=subject,
            body=body,
            office=conf().OFFICES["deputy_provost"],
            by_key=doing.by.key,
            by_name=doing.by.name,
        )
        doing.write(data={"letter": letter.pk, "kind": kind})
        if letter.is_to_appellant:
            tell_appellant(doing.case)
    return letter
