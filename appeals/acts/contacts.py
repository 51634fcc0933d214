"""How the people of a case are reached: their private links end, the address is corrected.

Both take away what somebody has in hand, so both say why (AP-1, law 6).
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from appeals.acts.act import acting
from appeals.acts.texts import required
from appeals.choices import Act, Purpose
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent, PrivateLink
from appeals.notices.mail import tell_appellant
from appeals.private_access.contact import contact_of
from appeals.private_access.links import end_all
from credentials.people.actors import Person

LONGEST_EMAIL = PrivateLink._meta.get_field("email").max_length or 0
LONGEST_PHONE = Case._meta.get_field("appellant_phone").max_length or 0


def end_links(person: Person, case: Case, whose: Purpose, reason: str) -> CaseEvent:
    """End all private links of one side at once, with their codes; who is inside is out.

    `whose` is APPELLANT or RESPONDENT. Raises CaseRefused, also where there is none to end.
    """
    with acting(person, case, Act.LINKS_ENDED) as doing:
        text = required(reason, _("Reason"))
        if not end_all(doing.case, whose):
            raise CaseRefused(_("Whose links: there are none to end."))
        event = doing.write(text=text, data={"whose": str(whose)})
    return event


def correct_address(person: Person, case: Case, email: str, phone: str, reason: str) -> CaseEvent:
    """From now on the appellant is reached here; what was filed stays as it was filed.

    With another e-mail address, links that went to the old one end, and a new one goes out.
    Raises CaseRefused for no address, and for the one that the case has already.
    """
    email, phone = email.strip(), phone.strip()
    with acting(person, case, Act.ADDRESS_CORRECTED) as doing:
        text = required(reason, _("Reason"))
        now = contact_of(doing.case, doing.events)
        _check(email, phone)
        if now.has_email(email) and phone == now.phone:
            raise CaseRefused(
                _("E-mail and telephone: the appeal has these already. Change one, or cancel.")
            )
        event = doing.write(text=text, data={"email": email, "phone": phone})
        if not now.has_email(email):
            end_all(doing.case, Purpose.APPELLANT)
            tell_appellant(doing.case)
    return event


def _check(email: str, phone: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        is_address = False
    else:
        is_address = len(email) <= LONGEST_EMAIL
    if not is_address:
        raise CaseRefused(
            _("E-mail: this is no e-mail address. Write one such as name@example.org.")
        )
    if len(phone) > LONGEST_PHONE:
        raise CaseRefused(
            _("Telephone: this is longer than %(most)s characters. Shorten it.")
            % {"most": LONGEST_PHONE}
        )
