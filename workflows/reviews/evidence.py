"""The documents of a self-study, held by what their files say when it is submitted (law 2)."""

from typing import Any

from wagtail.documents import get_document_model

from workflows.models import SelfStudy


def evidence_content(study: SelfStudy) -> list[dict[str, Any]]:
    """Each piece of evidence as plain data: {"title", "document", "file", "url"}."""
    return [
        {
            "title": item.title,
            "document": item.document_id,
            "file": item.document.get_file_hash() if item.document else "",
            "url": item.url,
        }
        for item in study.evidence.select_related("document")
    ]


def replaced_evidence(study: dict[str, Any]) -> list[str]:
    """What the evidence shows whose file is another now than in the self-study as submitted."""
    submitted = [item for item in study.get("evidence", []) if item.get("file")]
    if not submitted:
        return []
    keys = [item["document"] for item in submitted]
    files = dict(get_document_model().objects.filter(pk__in=keys).values_list("pk", "file_hash"))
    return [item["title"] for item in submitted if files.get(item["document"]) != item["file"]]
