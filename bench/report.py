"""The table: what was measured, its ratios, and the targets beside them."""

from dataclasses import dataclass

from bench.endpoints import CEILING, Endpoint
from bench.load import Speed
from bench.probe import Probe

HEADINGS = ("", "req/s", "p50 ms", "p99 ms", "bytes", "queries", "of ceiling", "x Wagtail v2", "")


@dataclass(frozen=True)
class Row:
    """One endpoint with what was seen of it."""

    endpoint: Endpoint
    probe: Probe
    speed: Speed


def table(rows: list[Row]) -> str:
    """Lay the rows out in columns, each ratio followed by its target, and what was missed."""
    rates = {row.endpoint.name: row.speed.rate for row in rows}
    lines = [HEADINGS, *(_cells(row, rates) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(HEADINGS) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row, rates: dict[str, float]) -> tuple[str, ...]:
    endpoint, speed = row.endpoint, row.speed
    of_ceiling = speed.rate / rates[CEILING]
    times_stock = speed.rate / rates[endpoint.stock] if endpoint.stock in rates else None
    missed = _missed(endpoint.of_ceiling, of_ceiling)
    missed |= _missed(endpoint.times_stock, times_stock)
    missed |= endpoint.max_queries is not None and row.probe.queries > endpoint.max_queries
    has_target = any((endpoint.of_ceiling, endpoint.times_stock, endpoint.max_queries))
    return (
        endpoint.name,
        f"{speed.rate:,.0f}",
        f"{speed.p50:.2f}",
        f"{speed.p99:.2f}",
        f"{row.probe.size:,}",
        _with_target(str(row.probe.queries), endpoint.max_queries, "<= {}"),
        _with_target(f"{of_ceiling:.0%}", endpoint.of_ceiling, ">= {:.0%}"),
        _with_target(f"{times_stock:.1f}" if times_stock else "", endpoint.times_stock, ">= {}"),
        ("missed" if missed else "reached") if has_target else "",
    )


def _missed(target: float | None, reached: float | None) -> bool:
    return target is not None and (reached is None or reached < target)


def _with_target(text: str, target: float | None, form: str) -> str:
    return text if target is None else f"{text} ({form.format(target)})"
