"""Small files of each kind, made here."""

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DOCX_PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b"<w:document/>",
}
ODT_PARTS = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": b"<office:document-content/>",
}


def archive(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts; the first one is kept as it is, as ODT wants it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, part) in enumerate(parts.items()):
            kind = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            made.writestr(name, part, compress_type=kind)
    return content.getvalue()


def picture(kind: str = "PNG") -> bytes:
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(content, kind)
    return content.getvalue()
