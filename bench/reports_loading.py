"""Fills the reports' benchmark: a catalogue, what hangs on it, and its history.

`python -m bench.reports_loading SIZE EVENTS` adds so many offerings with so many events to the
database that DATABASE_URL names, and prints how many rows there are to count.
"""

import os
import sys
from importlib import import_module

import django

from bench.database import ROOT


def main(size: int, events: int) -> None:
    """Prepare the site if it is empty, and add to it."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    print(import_module("bench.reports_rows").add(size, events))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
