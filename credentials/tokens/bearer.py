"""Who bears a token: resolved anew for each request to an API."""

from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth

from credentials.api.requests.problems import Problem
from credentials.models import PersonalToken

READING = frozenset({"GET", "HEAD", "OPTIONS"})

NO_TOKEN = (
    "Send the header “Authorization: Bearer TOKEN” with a token that is in force; each person "
    "makes their own in the admin, under Account."
)


class TokenAuth(BearerTokenAuth):
    """A token that its own person made, in force, of somebody who is active.

    Looked up by its hash, so nothing of it is compared letter by letter. The person that it gives
    knows the token: what they do says so, see `people.actor_of`. No header is ever logged.
    """

    def __call__(self, request: HttpRequest) -> PersonalToken | None:
        """The token, or None. Raises Problem (403) when one that only reads is to change something.

        A session never counts: without a token the request is nobody's.
        """
        scheme, _space, key = request.headers.get(self.header, "").partition(" ")
        token = _find(key) if scheme.lower() == self.openapi_scheme else None
        request.user = token.user if token else AnonymousUser()
        if token is None:
            return None
        if token.kind == PersonalToken.Kind.READ and request.method not in READING:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                f"The token “{token.name}” only reads. To change something, make one that acts, "
                "in the admin under Account.",
            )
        self._touch_last_used(token)
        token.user.api_token = token
        return token


def _find(key: str) -> PersonalToken | None:
    if not PersonalToken.validate_token_format(key):
        return None
    hashes = PersonalToken.candidate_key_hashes(key)
    found = PersonalToken.objects.in_force().select_related("user").filter(key_hash__in=hashes)
    token = found.first()
    return token if token is not None and token.user.is_active else None
