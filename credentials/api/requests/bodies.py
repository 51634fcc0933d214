"""Bodies of offerings: as they were serialised at publication, cut or joined only when asked."""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from credentials.api.requests.parameters import Parameters
from credentials.api.schemas.offerings import OfferingDocument
from credentials.catalogue.snapshots import Snapshot

DocumentField = StrEnum("DocumentField", {name: name for name in OfferingDocument.model_fields})  # type: ignore[misc]


class Include(StrEnum):
    """What can be added to a document."""

    COMPONENTS = "components"
    SESSIONS = "sessions"


def _split(value: Any) -> Any:
    return (
        [part for text in value for part in text.split(",")] if isinstance(value, list) else value
    )


def _in_one_order(values: list[Any]) -> list[Any]:
    return sorted(set(values))


class ShapeParameters(Parameters):
    """Which members the documents have."""

    fields: Annotated[
        list[DocumentField], BeforeValidator(_split), AfterValidator(_in_one_order)
    ] = Field([], description="Only these members, separated by commas.")
    include: Annotated[list[Include], BeforeValidator(_split), AfterValidator(_in_one_order)] = (
        Field(
            [],
            description="`components`: the documents of the components, under that name. "
            "`sessions`: keep them beside `fields`.",
        )
    )


def shaped(bodies: Iterable[str], given: ShapeParameters, snapshot: Snapshot) -> list[str]:
    """Cut each document to the fields asked for, and add what is to be included."""
    if not (given.fields or Include.COMPONENTS in given.include):
        return list(bodies)
    documents = [json.loads(body) for body in bodies]
    parts = _components(documents, snapshot) if Include.COMPONENTS in given.include else None
    return [_shape(document, given, parts) for document in documents]


def _shape(document: dict[str, Any], given: ShapeParameters, parts: dict[str, str] | None) -> str:
    kept = document
    if given.fields:
        names = {*given.fields, *(Include.SESSIONS for i in given.include if i == "sessions")}
        kept = {name: value for name, value in document.items() if name in names}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    if parts is None:
        return text
    included = ",".join(parts[key] for key in _component_ids(document) if key in parts)
    separator = "," if kept else ""
    return f'{text[:-1]}{separator}"components":[{included}]}}'


def _components(documents: list[dict[str, Any]], snapshot: Snapshot) -> dict[str, str]:
    """The documents of all components as they stood then, by UUID, in one query."""
    wanted = {key for document in documents for key in _component_ids(document)}
    if not wanted:
        return {}
    entries = snapshot.entries().visible().filter(offering_uuid__in=wanted)
    return {str(key): body for key, body in entries.values_list("offering_uuid", "body")}


def _component_ids(document: dict[str, Any]) -> list[str]:
    return [part["id"] for part in (document["stacking"] or {}).get("components", [])]
