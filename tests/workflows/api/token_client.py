"""A client of the workflow API that bears a token of a person."""

from typing import Any

from django.test import Client

from tests.tokens import token_of

ROOT = "/api/workflow/v1"


class TokenClient(Client):
    """A client that bears a token of a person."""

    def __init__(self, user: Any, name: str = "") -> None:
        self.token, key = token_of(user, name)
        super().__init__(headers={"Authorization": f"Bearer {key}"})

    def send(self, path: str, **body: Any) -> Any:
        """POST a JSON body."""
        return self.post(f"{ROOT}{path}", body, content_type="application/json")

    def act(self, offering: Any, action: str, **body: Any) -> Any:
        """Act on a proposal."""
        return self.send(f"/proposals/{offering.uuid}/actions/{action}", **body)

    def state(self, offering: Any) -> Any:
        """A proposal's state."""
        return self.get(f"{ROOT}/proposals/{offering.uuid}").json()

    def read(self, offering: Any) -> dict[str, str]:
        """The hashes that say what was read: a decision names them."""
        state = self.state(offering)
        return {name: state[name] for name in ("content_hash", "document_hash")}
