"""Giving files out: as downloads, whatever they hold, and never to be shown in the site's name."""

from django.http import FileResponse

from appeals.models import CaseDocument, DraftUpload


def as_download(document: CaseDocument | DraftUpload) -> FileResponse:
    """The file, for saving. Whoever calls has checked and logged who wants it."""
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
