"""What an outsider needs to check a version against the transparency log (ADR 53)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from credentials.api.documentation import responses
from credentials.api.history import version_entry
from credentials.api.identification import WITHDRAWN, gone
from credentials.api.requests.conditional import CACHE_CONTROL, answer, is_held, not_modified
from credentials.api.requests.problems import Problem
from credentials.api.schemas.problems import ProblemDocument
from credentials.record.log.proofs import proof_of

TEXT = "text/plain; charset=utf-8"

router = Router(tags=["record"])


@router.get(
    "/offerings/{id}/versions/{n}/document",
    response=responses(dict[str, Any], 404, 410),
    summary="Get a version's sealed document",
)
def get_sealed_document(request: HttpRequest, id: Path[str], n: Path[int]) -> HttpResponse:
    """The document that was approved, byte for byte: the log's leaf names its SHA-256.

    The version adds to it what stands beside: status, note, number and approval. The ETag is the
    SHA-256.
    """
    entry = version_entry(id, n)
    if entry.event == WITHDRAWN:
        raise gone(entry)
    etag = f'"{entry.version.document_sha256}"'
    if is_held(request, etag):
        return not_modified(etag)
    return answer(entry.version.document, etag=etag, modified=entry.valid_from)


@router.get(
    "/offerings/{id}/versions/{n}/proof",
    response={200: str, 404: ProblemDocument, 422: ProblemDocument},
    summary="Get the proof that a version is in the log",
)
def get_proof(request: HttpRequest, id: Path[str], n: Path[int]) -> HttpResponse:
    """A C2SP tlog-proof: the leaf (`extra`, base64), its path to the root, and the checkpoint.

    Together with the log's verifier key (/record/key) it can be checked without this site.
    """
    proof = proof_of(version_entry(id, n).version)
    if proof is None:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "This version is not sealed yet: that takes some minutes. Ask again then.",
            headers={"Retry-After": "300"},
        )
    return HttpResponse(proof, content_type=TEXT, headers={"Cache-Control": CACHE_CONTROL})
