"""PDF files by PDF/UA-1: tagged, titled, in a stated language. Text is data, never markup."""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import typst

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "ua-1"
# Marks that turn the direction of all that follows: a title could make a line read otherwise.
OVERRIDES = "\u202d\u202e"
_ONE_CHARACTER = (
    b'#set document(title: "-")\n'
    b'#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n#sys.inputs.text'
)


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set a document of this package by its template: agenda, minutes or letter.

    Fonts that come with the typesetter are used. Where they lack a character, such as a syllabic
    of an Indigenous language, the server's own fonts stand in; what none of them has is given as
    its code, such as [U+1401], because PDF/UA allows no character without a shape.
    """
    data = _each_text(data, _printable)
    try:
        return _compile(template, data, with_server_fonts=False)
    except typst.TypstError:
        data = _each_text(data, _legible)
    return _compile(template, data, with_server_fonts=True)


def _compile(template: str, data: dict[str, Any], *, with_server_fonts: bool) -> bytes:
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(with_server_fonts),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=STANDARD,
        format="pdf",
    )


@cache
def _fonts(with_server_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_server_fonts)


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return change(str(value))


def _printable(text: str) -> str:
    """Without control characters, halves of characters and marks that turn the direction."""
    return "".join(
        character
        for character in text.replace("\t", " ")
        if character == "\n"
        or (unicodedata.category(character) not in ("Cc", "Cs") and character not in OVERRIDES)
    )


def _legible(text: str) -> str:
    return "".join(c if c.isascii() or _has_shape(c) else f"[U+{ord(c):04X}]" for c in text)


@lru_cache(maxsize=4096)
def _has_shape(character: str) -> bool:
    """Whether a font of this machine has the character."""
    try:
        typst.compile(
            _ONE_CHARACTER,
            font_paths=_fonts(True),
            sys_inputs={"text": character},
            pdf_standards=STANDARD,
            format="pdf",
        )
    except typst.TypstError:
        return False
    return True
