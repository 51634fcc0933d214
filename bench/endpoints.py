"""What is measured, and what each has to reach (targets of the catalogue API's design)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Endpoint:
    """One address under load.

    `of_ceiling` and `times_stock` are the least ratios to reach: to the constant view's requests
    per second, and to those of the endpoint named by `stock`. `max_queries` is a budget.
    """

    name: str
    path: str
    conditional: bool = False
    of_ceiling: float | None = None
    stock: str = ""
    times_stock: float | None = None
    max_queries: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


CEILING = "Constant JSON (the ceiling)"
STOCK_DETAIL = "Wagtail API v2, one offering"
STOCK_LIST = "Wagtail API v2, list of 20, fields=*"
_LIST = "/api/v1/offerings?limit=20"


def endpoints(slug: str, pk: int) -> list[Endpoint]:
    """Every endpoint, in the order of the table, about one offering named by slug and page id."""
    detail = f"/api/v1/offerings/{slug}"
    return [
        Endpoint(CEILING, "/bench/constant", max_queries=0),
        Endpoint(
            "One offering, full document",
            detail,
            of_ceiling=0.60,
            stock=STOCK_DETAIL,
            times_stock=25,
            max_queries=1,
        ),
        Endpoint("One offering, not modified", detail, conditional=True, of_ceiling=0.85),
        Endpoint(
            "List of 20 full documents",
            _LIST,
            stock=STOCK_LIST,
            times_stock=40,
            max_queries=2,
        ),
        Endpoint("List of 20, not modified", _LIST, conditional=True, of_ceiling=0.85),
        Endpoint("Change feed, page of 100", "/api/v1/changes?limit=100", of_ceiling=0.30),
        Endpoint(STOCK_DETAIL, f"/bench/v2/pages/{pk}/"),
        Endpoint(STOCK_LIST, "/bench/v2/pages/?type=credentials.Offering&limit=20&fields=*"),
        Endpoint("Wagtail API v3, one offering", f"/bench/v3/pages/{pk}/"),
        Endpoint("Wagtail API v3, list of 20", "/bench/v3/pages/?limit=20"),
    ]
