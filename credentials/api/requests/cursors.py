"""Cursors of lists: signed, opaque, and pinned to the snapshot that the first page showed."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from credentials.api.requests.problems import invalid
from credentials.catalogue.snapshots import Snapshot

_signer = Signer(salt="credentials.catalogue.cursor")


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: the snapshot, the day that counts as today, and the last place.

    `query` is the fingerprint of filters and order that the cursor belongs to.
    """

    snapshot: Snapshot
    today: datetime.date
    place: list[Any]
    query: str

    def write(self) -> str:
        """Encode it for a URL."""
        moment = self.snapshot.moment
        return _signer.sign_object(
            {
                "s": self.snapshot.sequence,
                "m": moment.isoformat() if moment else None,
                "d": self.today.isoformat(),
                "p": self.place,
                "q": self.query,
            }
        )


def read_cursor(text: str, query: str) -> Cursor:
    """Decode a cursor. Raises Problem (422) when it is damaged or of another query."""
    try:
        data = _signer.unsign_object(text)
    except (BadSignature, ValueError):
        raise invalid(
            "cursor",
            "`cursor` is damaged: use `next_cursor` of the page before as it is, or leave it out "
            "to begin anew.",
        ) from None
    if data["q"] != query:
        raise invalid(
            "cursor",
            "`cursor` belongs to another query: keep all parameters but `limit` as they were, or "
            "leave the cursor out to begin anew.",
        )
    moment = datetime.datetime.fromisoformat(data["m"]) if data["m"] else None
    return Cursor(
        Snapshot(data["s"], moment), datetime.date.fromisoformat(data["d"]), data["p"], data["q"]
    )
