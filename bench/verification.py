"""`python -m bench.verification`: how long `verify_record` takes, and how much memory.

It publishes and seals a tenth of the offerings and internal facts, verifies them, adds the rest and
verifies again: memory must be the same at both sizes.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from importlib import import_module
from typing import Any

import django

from bench.database import ROOT, prepare

NAME = "credence_bench_record"
GROWTH = 16  # megabytes that it may take more of ten times the rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-record", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="offerings (%(default)s)")
    parser.add_argument("--facts", type=int, default=100_000, help="facts (%(default)s)")
    parser.add_argument(
        "--engine", choices=["postgres", "sqlite"], help="database; as in python -m bench"
    )
    parser.add_argument("--step", choices=["add", "verify"], help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure a tenth, then all of it, each in a process of its own."""
    options = _arguments()
    if options.step:
        _step(options)
        return
    os.environ["DATABASE_URL"] = prepare(options.engine, keep=False, name=NAME)
    tenth = (options.size // 10, options.facts // 10)
    peaks = []
    for size, facts in (tenth, (options.size - tenth[0], options.facts - tenth[1])):
        began = time.monotonic()
        _run("add", size, facts)
        print(f"Loaded and sealed in {time.monotonic() - began:.0f} s", flush=True)
        peaks.append(int(_run("verify", size, facts)))
    grown = (peaks[1] - peaks[0]) / 1024
    print(f"Memory grew by {grown:.1f} MB{'' if grown <= GROWTH else '  missed'}")


def _run(step: str, size: int, facts: int) -> str:
    """Run a step in a process of its own, show what it prints; its last line."""
    command = [sys.executable, "-m", "bench.verification", "--step", step]
    command += ["--size", str(size), "--facts", str(facts)]
    last = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            last = line.strip()
            print(f"  {last}", flush=True)
    if process.returncode:
        sys.exit(f"The benchmark stopped: the step {step} failed.")
    return last


def _step(options: argparse.Namespace) -> None:
    sys.path.insert(0, str(ROOT / "site"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    rows: Any = import_module("bench.verification_rows")
    if options.step == "add":
        print(rows.add(options.size, options.facts))
        return
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows.verify()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"Peak memory {peak / 1024:.1f} MB, {(peak - before) / 1024:.1f} MB above its start, KB:")
    print(peak)


if __name__ == "__main__":
    main()
