"""`python -m bench.reports`: the office's reports over a large catalogue with a long history.

It loads a tenth of it, measures, loads the rest and measures again: how many queries each report
takes, how long, and how much memory a download takes at both sizes.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.database import ROOT, prepare

NAME = "credence_bench_reports"
BUDGET = 20  # queries, which no report may reach
GROWTH = 8  # megabytes that a download may take more of ten times the rows
Found = dict[tuple[str, str, str], dict[str, Any]]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-reports", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="offerings (%(default)s)")
    parser.add_argument("--events", type=int, default=100_000, help="events (%(default)s)")
    parser.add_argument(
        "--engine", choices=["postgres", "sqlite"], help="database; as in python -m bench"
    )
    return parser.parse_args()


def main() -> None:
    """Load and measure a tenth, then all of it; print both side by side."""
    options = _arguments()
    os.environ["DATABASE_URL"] = prepare(options.engine, keep=False, name=NAME)
    size, events = options.size // 10, options.events // 10
    found = []
    for more in ((size, events), (options.size - size, options.events - events)):
        began = time.monotonic()
        [rows] = _run("bench.reports_loading", *map(str, more))
        print(f"{rows}; loaded in {time.monotonic() - began:.0f} s", flush=True)
        found.append(_measure())
    print(f"\n{options.size:,} offerings, {options.events:,} events; before it, a tenth of both")
    print(_table(*found))


def _run(module: str, *arguments: str) -> Iterator[str]:
    """Run a module of the benchmark in a process of its own; the lines it prints, as it does."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield line.strip()
    if process.returncode:
        sys.exit(f"The benchmark stopped: {module} {' '.join(arguments)} failed.")


def _measure() -> Found:
    """Every report on screen, and every download that grows."""
    found: Found = {}
    for line in _run("bench.reports_probe"):
        asked, facts = json.loads(line)
        found[tuple(asked)] = facts
        print(f"  {' '.join(asked):34}{facts['seconds']:>8.2f} s", flush=True)
    return found


def _table(tenth: Found, whole: Found) -> str:
    """Both sizes side by side, and what was missed."""
    heading = (
        f"{'report':34}{'queries':>9}{'s at a tenth':>14}{'s':>8}{'lines':>10}"
        f"{'MB at a tenth':>15}{'MB':>8}"
    )
    lines = [heading]
    for asked, found in whole.items():
        before = tenth[asked]
        is_file = bool(asked[-1])
        missed = found["queries"] >= BUDGET or before["queries"] != found["queries"]
        missed |= is_file and (found["grown"] - before["grown"]) / 1024 > GROWTH
        lines.append(
            f"{' '.join(asked):34}{found['queries']:>9}"
            f"{before['seconds']:>14.2f}{found['seconds']:>8.2f}"
            f"{found['lines'] if is_file else '':>10}"
            + (f"{before['grown'] / 1024:>15.1f}{found['grown'] / 1024:>8.1f}" if is_file else "")
            + ("  missed" if missed else "")
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
