"""Loads an address for some seconds and says how fast it answered."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from bench.server import HOST, ROOT

PROCESSES = 2
CONNECTIONS = 2  # of each process
WARM_UP_SECONDS = 0.5


@dataclass(frozen=True)
class Sample:
    """One spell of load: requests per second, and each latency in microseconds."""

    rate: float
    latencies: list[int]


@dataclass(frozen=True)
class Speed:
    """Requests per second, the median of the spells; latencies of them all in milliseconds."""

    rate: float
    p50: float
    p99: float


def summary(samples: Sequence[Sample]) -> Speed:
    """Sum up the spells of load on one endpoint."""
    latencies = sorted(latency for sample in samples for latency in sample.latencies)
    return Speed(
        statistics.median(sample.rate for sample in samples),
        latencies[len(latencies) // 2] / 1000,
        latencies[int(len(latencies) * 0.99)] / 1000,
    )


def measure(port: int, path: str, seconds: float, headers: dict[str, str]) -> Sample:
    """Warm up, then load over four connections. Raises RuntimeError when an answer was wrong."""
    _run(port, path, WARM_UP_SECONDS, headers)
    return _run(port, path, seconds, headers)


def _run(port: int, path: str, seconds: float, headers: dict[str, str]) -> Sample:
    status = HTTPStatus.NOT_MODIFIED if "If-None-Match" in headers else HTTPStatus.OK
    arguments = [HOST, port, path, seconds, CONNECTIONS, int(status)]
    arguments += [f"{name}: {value}" for name, value in headers.items()]
    command = [sys.executable, "-m", "bench.client", *map(str, arguments)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    results = [json.loads(process.communicate()[0]) for process in running]
    if wrong := sum(result["wrong"] for result in results):
        raise RuntimeError(f"{path}: {wrong} answers were not {int(status)}, or broke off.")
    return Sample(
        sum(len(result["latencies"]) / result["seconds"] for result in results),
        [latency for result in results for latency in result["latencies"]],
    )
