"""Asks for a report as somebody who may read all of them, and counts the queries."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

Ask = Callable[[str, str, str], dict[str, Any]]


class _Counting:
    """Counts queries without keeping them."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.number += 1
        return execute(*args)


def client() -> Ask:
    """A function of slug, table and kind of file: `{"queries": ..., "bytes": ..., "rows": ...}`."""
    user_model = get_user_model()
    user = user_model.objects.filter(is_superuser=True).first()
    browser = Client()
    browser.force_login(user or user_model.objects.create_superuser("bench", "", None))

    def ask(slug: str, table: str, kind: str) -> dict[str, Any]:
        facts = {"show": table} | ({"export": kind} if kind else {})
        counting = _Counting()
        with connection.execute_wrapper(counting):
            response = browser.get(reverse(f"governance:report_{slug}"), facts)
            if response.status_code != HTTPStatus.OK:
                raise LookupError(f"The report {slug} answers {response.status_code}.")
            size, lines = _read(response)
        return {"queries": counting.number, "bytes": size, "lines": lines}

    return ask


def _read(response: Any) -> tuple[int, int]:
    """Bytes and line feeds of an answer, read piece by piece as a server sends it."""
    size = lines = 0
    for piece in response if response.streaming else [response.content]:
        size += len(piece)
        lines += piece.count(b"\n")
    response.close()
    return size, lines
