"""Several acts at the same moment, on real threads, each with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

PATIENCE = 30  # seconds; whoever waits longer waits for ever


def at_once(*acts: Callable[[], Any]) -> list[Exception]:
    """Do these at the same moment; what they raised. Needs an engine with two writers."""
    raised: list[Exception] = []
    start = threading.Barrier(len(acts), timeout=PATIENCE)

    def do(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return raised
