"""Links that a browser has opened with a code: remembered in its session, for an hour."""

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

OPEN_FOR_SECONDS = 60 * 60


def open_for_an_hour(session: SessionBase, room: str, key: str) -> None:
    """Remember that the code of this key was accepted. The session gets a new cookie.

    `room` keeps the keys of different pages apart; `key` is a hash of a token, never the token.
    """
    now = timezone.now().timestamp()
    kept = {name: until for name, until in session.get(room, {}).items() if until > now}
    session[room] = {**kept, key: now + OPEN_FOR_SECONDS}
    session.cycle_key()


def stay_open(session: SessionBase, room: str, key: str) -> None:
    """Begin the hour anew for what is open. The cookie stays, for other requests are under way."""
    if is_open(session, room, key):
        until = timezone.now().timestamp() + OPEN_FOR_SECONDS
        session[room] = {**session[room], key: until}


def is_open(session: SessionBase, room: str, key: str) -> bool:
    """Whether its hour is not over."""
    return bool(session.get(room, {}).get(key, 0) > timezone.now().timestamp())


def close(session: SessionBase, room: str, key: str) -> None:
    """Forget it: the next look asks for a code."""
    session[room] = {name: until for name, until in session.get(room, {}).items() if name != key}
    session.cycle_key()
