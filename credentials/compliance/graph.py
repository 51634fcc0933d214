"""What offerings are made of and need, followed through the whole published catalogue."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from credentials.models.offerings.offering import Offering
from credentials.models.offerings.stacking import Component, Prerequisite
from credentials.models.offerings.structure import OfferingSkill
from credentials.models.page_types import PAGE_TYPES
from credentials.models.taxonomy import AcademicUnit
from credentials.policy.view import Graph, Part
from credentials.record.projection import CatalogueEntry

KINDS = {model._meta.model_name: kind for kind, model in PAGE_TYPES.items()}

# Only what is published leads on; what a draft is made of are the roots, and what holds the draft:
# a part may count twice there. UNION ends every loop.
_SQL = f"""
WITH RECURSIVE
edge (whole, part, edge) AS (
    SELECT offering_id, part_id, 'c' FROM {Component._meta.db_table}
    UNION ALL
    SELECT offering_id, requires_id, 'p' FROM {Prerequisite._meta.db_table}
    WHERE requires_id IS NOT NULL AND kind = 'prerequisite'
),
start (key, is_whole) AS (VALUES {{roots}}),
above (key, is_start) AS (
    SELECT key, 1 FROM start WHERE is_whole = 1
    UNION
    SELECT component.offering_id, 0
    FROM above
    JOIN {Component._meta.db_table} component ON component.part_id = above.key
    JOIN {Page._meta.db_table} whole ON whole.id = component.offering_id AND whole.live
),
root (key) AS (
    SELECT key FROM start WHERE is_whole = 0 UNION SELECT key FROM above WHERE is_start = 0
),
reach (whole, key, edge) AS (
    SELECT CAST(NULL AS integer), key, CAST('' AS text) FROM root
    UNION
    SELECT edge.whole, edge.part, edge.edge
    FROM reach
    JOIN {Page._meta.db_table} whole ON whole.id = reach.key AND whole.live
    JOIN edge ON edge.whole = reach.key
)
SELECT reach.whole, reach.key, reach.edge, page.title, page.live, content_type.model AS kind,
       unit.name AS unit, offering.hours, entry.event, skill.skill_id AS skill
FROM reach
JOIN {Page._meta.db_table} page ON page.id = reach.key
JOIN {Offering._meta.db_table} offering ON offering.page_ptr_id = reach.key
JOIN {ContentType._meta.db_table} content_type ON content_type.id = page.content_type_id
LEFT JOIN {AcademicUnit._meta.db_table} unit ON unit.id = offering.academic_unit_id
LEFT JOIN {OfferingSkill._meta.db_table} skill ON skill.offering_id = reach.key
LEFT JOIN {CatalogueEntry._meta.db_table} entry
    ON entry.offering_pk = reach.key AND entry.superseded_sequence IS NULL
ORDER BY reach.whole, reach.key
"""


def graph_from(keys: Iterable[int], wholes: Iterable[int] = ()) -> Graph:
    """Everything reachable from these offerings through published structure, in one query.

    Also from what holds one of `wholes` as a part, through any number of levels.
    """
    roots = [(key, 0) for key in sorted(set(keys))] + [(key, 1) for key in sorted(set(wholes))]
    if not roots:
        return Graph()
    marks = ", ".join(["(%s, %s)"] * len(roots))
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(roots=marks), [value for root in roots for value in root])
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    parts: dict[int, Part] = {}
    skills: dict[int, set[str]] = defaultdict(set)
    edges: dict[str, dict[int, dict[int, None]]] = {"c": defaultdict(dict), "p": defaultdict(dict)}
    for row in rows:
        if row["skill"] is not None:
            skills[row["key"]].add(str(row["skill"]))
        if row["whole"] is not None:
            edges[row["edge"]][row["whole"]][row["key"]] = None
        parts[row["key"]] = _part(row)
    complete = {
        key: Part(**{**vars(part), "skills": frozenset(skills[key])}) for key, part in parts.items()
    }
    return Graph(
        parts=complete,
        contains={whole: tuple(inner) for whole, inner in edges["c"].items()},
        requires={whole: tuple(inner) for whole, inner in edges["p"].items()},
    )


def _part(row: dict[str, Any]) -> Part:
    retired = row["event"] == "retired"
    return Part(
        key=row["key"],
        title=row["title"],
        kind=KINDS.get(row["kind"], row["kind"]),
        is_offered=bool(row["live"]) and not retired,
        is_retired=retired,
        unit=row["unit"] or "",
        hours=None if row["hours"] is None else Decimal(str(row["hours"])),
    )
