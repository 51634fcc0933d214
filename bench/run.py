"""The benchmark's course: load, probe, serve, measure, report."""

import argparse
import os
import platform
import time

import django
import granian
import wagtail
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from bench.endpoints import Endpoint, endpoints
from bench.load import CONNECTIONS, PROCESSES, Sample, measure, summary
from bench.loading import load
from bench.probe import probe
from bench.report import Row, table
from bench.server import serving
from bench.stock_api import expose_content
from credentials.models import CatalogueEntry


def run(options: argparse.Namespace) -> None:
    """Do it all and print the table. Raises LookupError or RuntimeError when it cannot."""
    expose_content()
    _load(options.size)
    connection.ensure_connection()
    sample = _sample()
    probes = [(endpoint, probe(endpoint)) for endpoint in sample]
    connection.close()
    samples: dict[str, list[Sample]] = {endpoint.name: [] for endpoint in sample}
    with serving(options.workers, options.threads) as port:
        # In turns, so that whatever else the machine does for a while slows them all alike.
        for number in range(1, options.rounds + 1):
            print(f"Measuring, round {number} of {options.rounds} ...", flush=True)
            for endpoint, seen in probes:
                spell = measure(port, endpoint.path, options.seconds, seen.headers)
                samples[endpoint.name].append(spell)
    rows = [Row(endpoint, seen, summary(samples[endpoint.name])) for endpoint, seen in probes]
    print(f"\n{_conditions(options)}\n\n{table(rows)}")


def _load(size: int) -> None:
    """Fill the catalogue, unless it holds as many already (a run with --keep)."""
    call_command("migrate", verbosity=0)
    standing = CatalogueEntry.objects.count()
    if standing:
        print(f"The catalogue of the last run is kept: {standing:,} offerings.")
        return
    began = time.monotonic()
    for done in load(Page.objects.get(slug="catalogue"), size):
        print(
            f"Loaded {done:,} of {size:,} offerings ({time.monotonic() - began:.0f} s)", flush=True
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _sample() -> list[Endpoint]:
    """The endpoints, asking for an offering from the middle of the catalogue."""
    entries = CatalogueEntry.objects.current().order_by("sequence")
    entry = entries[entries.count() // 2]
    return endpoints(entry.slug, entry.offering_pk)


def _conditions(options: argparse.Namespace) -> str:
    """What a reader needs to know to compare two tables."""
    count = CatalogueEntry.objects.current().count()
    version = ".".join(map(str, connection.get_database_version()))
    return (
        f"{count:,} offerings; {connection.display_name} {version}; {os.cpu_count()} cores "
        f"shared by server, database and client\n"
        f"Server: granian {granian.__version__}, {options.workers} processes of {options.threads} "
        f"threads; Python {platform.python_version()}, Django {django.get_version()}, "
        f"Wagtail {wagtail.__version__}\n"
        f"Client: bare sockets in Python, {PROCESSES} processes of {CONNECTIONS} connections; "
        f"{options.rounds} rounds of {options.seconds} s on each, in turns"
    )
