"""Reads a PDF file as assistive technology would: its tags, its language, its words."""

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest


def opened(data: bytes) -> pikepdf.Pdf:
    """The file, opened."""
    return pikepdf.open(io.BytesIO(data))


def roles(pdf: pikepdf.Pdf) -> Counter[str]:
    """How often each structure role occurs, standard names."""
    role_map = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    counted: Counter[str] = Counter()
    for element in elements(pdf):
        role = str(element.get("/S", ""))
        counted[str(role_map.get(role, role)).lstrip("/")] += 1
    return counted


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    return _elements(pdf.Root.StructTreeRoot)


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def words(data: bytes) -> str:
    """The text of the file in reading order, on one line."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run([program, "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


def fonts_embedded(pdf: pikepdf.Pdf) -> list[bool]:
    """For each font of each page, whether its shapes are inside the file."""
    found = []
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", {})
            found.append(any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")))
    return found
