"""Serving media where no server in front does: pictures that pages show, and nothing else (law 6).

Everything is refused but what stands in a folder that is named here. Documents and the originals of
pictures are never in one: documents have their own address, which asks who reads (ADR 12).
"""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Pictures as pages show them, and those of published versions.
PUBLIC_FOLDERS = frozenset({"images", "published"})
# No name that is stored has them: a second encoding, other systems' separators, streams, drives.
NEVER = frozenset("%\\:\0")


@require_safe
def public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file of this path below MEDIA_ROOT. Raises Http404 for whatever is not public."""
    folder, *names = path.split("/")
    if folder not in PUBLIC_FOLDERS or not names or NEVER & set(path):
        raise Http404
    if any(name in ("", ".", "..") for name in names):
        raise Http404
    root = Path(settings.MEDIA_ROOT).resolve()
    # Links are followed first: one that leads out of its folder leads nowhere.
    if not (root / path).resolve().is_relative_to(root / folder):
        raise Http404
    return serve(request, path, document_root=str(root))
