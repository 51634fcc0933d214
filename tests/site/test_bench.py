"""The benchmark measures what publishing makes, and counts queries truly. No test is timed."""

from functools import partial
from typing import Any

import pytest
from wagtail.models import Page

from bench.endpoints import CEILING, STOCK_DETAIL, STOCK_LIST, Endpoint, endpoints
from bench.load import Speed
from bench.loading import load
from bench.probe import Probe, probe
from bench.report import Row, table
from bench.stock_api import expose_content
from credentials.catalogue.reconstruction import discrepancies
from credentials.models import CatalogueEntry, Offering, PublishedVersion
from credentials.record.content import freeze
from credentials.record.ledger import LedgerHead

SIZE = 20


@pytest.fixture
def catalogue(root: Page, settings: Any) -> Page:
    """Twenty offerings, behind the benchmark's addresses."""
    settings.ROOT_URLCONF = "bench.urls"
    assert list(load(root, SIZE)) == [SIZE]
    root.refresh_from_db()
    return root


def test_the_loaded_rows_are_those_that_publishing_makes(catalogue: Page) -> None:
    assert list(discrepancies()) == []
    assert LedgerHead.current() == SIZE == PublishedVersion.objects.count()
    for offering in Offering.objects.specific():
        head = PublishedVersion.objects.head_of(offering.pk)
        assert freeze(offering).content_hash == head.content_hash
        offering.save()  # the ledger admits the row as it stands
    assert PublishedVersion.objects.count() == SIZE
    assert catalogue.get_children().count() == catalogue.numchild == SIZE
    assert Page.find_problems() == ([], [], [], [], [])


def test_stock_wagtail_serves_the_same_content(catalogue: Page, monkeypatch: Any) -> None:
    expose_content(partial(monkeypatch.setattr, raising=False))
    entry = CatalogueEntry.objects.current().first()
    by_name = {e.name: e for e in endpoints(entry.slug, entry.offering_pk)}
    assert probe(by_name[STOCK_DETAIL]).size > len(entry.body) * 0.7
    assert probe(by_name[STOCK_LIST]).size > len(entry.body) * SIZE * 0.5
    assert probe(by_name[STOCK_LIST]).queries > SIZE


def test_the_ceiling_asks_the_database_nothing(catalogue: Page) -> None:
    assert probe(Endpoint("constant", "/bench/constant")).queries == 0


def test_the_catalogue_api_stays_within_its_query_budget(catalogue: Page) -> None:
    entry = CatalogueEntry.objects.current().first()
    ours = [e for e in endpoints(entry.slug, entry.offering_pk) if e.path.startswith("/api/v1/")]
    assert len(ours) == 5
    for endpoint in ours:
        assert probe(endpoint).queries <= (endpoint.max_queries or 2), endpoint.name


def test_an_answer_that_is_not_the_one_to_measure_stops_the_run(catalogue: Page) -> None:
    with pytest.raises(LookupError, match="nowhere/ answers 404"):
        probe(Endpoint("Nowhere", "/nowhere/"))


def test_the_table_sets_ratios_beside_their_targets() -> None:
    speed = {CEILING: 4000.0, "Ours": 2000.0, "Stock": 100.0}
    given = [
        Endpoint(CEILING, "/"),
        Endpoint("Ours", "/", of_ceiling=0.6, stock="Stock", times_stock=15, max_queries=1),
        Endpoint("Stock", "/"),
    ]
    rows = [Row(e, Probe(4096, 1, {}), Speed(speed[e.name], 1.5, 4.0)) for e in given]
    ours = table(rows).splitlines()[2]
    assert "50% (>= 60%)" in ours
    assert "20.0 (>= 15)" in ours
    assert "1 (<= 1)" in ours
    assert ours.endswith("missed")
