"""Asks for every report and every download that grows, each in a process of its own.

`python -m bench.reports_probe` prints a line of JSON for each: what was asked for (slug, table,
kind of file), and queries, seconds, bytes, lines, and how many kilobytes of memory the answer took.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import django

from bench.database import ROOT

TABLES = (
    # slug, table, and whether its download grows with the catalogue
    ("compliance", "clauses", False),
    ("compliance", "offerings", True),
    ("lapsing", "agreements", True),
    ("not_offered", "offerings", True),
    ("dormant", "proposals", True),
    ("stage_times", "stages", False),
    ("stage_times", "decisions", True),
    ("workload", "months", False),
    ("workload", "meetings", False),
    ("workload", "terms", False),
)


def main() -> None:
    """Sign in, warm up on one report, and fork for each."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    ask = import_module("bench.reports_client").client()
    ask("lapsing", "agreements", "")
    import_module("django.db").connections.close_all()  # a connection is no child's to share
    for slug, table, grows in TABLES:
        for kind in ("", "csv", "xlsx") if grows else ("",):
            found = _in_a_child(lambda asked=(slug, table, kind): _measured(ask, *asked))
            print(json.dumps([[slug, table, kind], found]), flush=True)


def _in_a_child(measure: Callable[[], Any]) -> Any:
    """What it returns, from a fork. A program started anew would inherit its parent's peak."""
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(measure()))
    process.start()
    sending.close()
    try:
        return receiving.recv()
    finally:
        process.join()


def _measured(ask: Callable[..., dict[str, Any]], *asked: str) -> dict[str, Any]:
    ask("lapsing", "agreements", "")  # connects
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    found = ask(*asked)
    seconds = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {**found, "seconds": seconds, "grown": grown}


if __name__ == "__main__":
    main()
