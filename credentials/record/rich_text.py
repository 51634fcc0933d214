"""What rich text says, whoever wrote it: the editor, the importer, an API or the demonstration.

The editor names its blocks by keys, orders attributes its own way and wraps loose text into
paragraphs. None of that is content: `said` writes the same words the same way each time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

from wagtail.rich_text import expand_db_html

EDITORS_OWN = {"data-block-key"}
SAME = {"strong": "b", "em": "i"}
BLOCKS = {
    "address", "article", "blockquote", "caption", "dd", "div", "dl", "dt", "figure", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
HOLDS_BLOCKS = {"ol", "ul", "dl", "table", "tbody", "thead", "tfoot", "tr"}
VOID = {"br", "embed", "hr", "img"}
LISTS = {"ol", "ul"}
BLOCKS_WITHOUT_TEXT = {"embed", "hr"}
SPACE = " \t\n\f\r"
SPACES = re.compile("\xa0* [ \xa0]*")
EDGE = SPACE + "\xa0"  # what nobody sees at the edge of a block
ROOT = ""
WRAPS_LOOSE = {ROOT, "article", "div", "section"}
PARAGRAPH = "p"


@lru_cache(maxsize=4096)
def said(html: str) -> str:
    """Return the text in its one form: HTML that says the same, "" where it says nothing."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_run()
    return "".join(_written(reader.root))


def public_html(text: str) -> str:
    """The text as the public reads it, with links and pictures resolved."""
    return expand_db_html(said(text))


Attributes = tuple[tuple[str, str], ...]
Tag = tuple[str, Attributes]


@dataclass
class _Block:
    """A block of text: its runs, and the blocks in it, in order."""

    tag: Tag
    inside: "list[_Block | list[_Run]]" = field(default_factory=list)


@dataclass(frozen=True)
class _Run:
    """Text, or an element without content, with the marks that lie on it."""

    html: str
    link: Tag | None
    marks: tuple[Tag, ...]


class _Reader(HTMLParser):
    """Reads HTML into blocks of runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Block((ROOT, ()))
        self._open: list[_Block] = [self.root]
        self._marks: list[Tag] = []
        self._runs: list[_Run] = []
        self._after_space = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = SAME.get(tag, tag)
        kept = ((key, value or "") for key, value in attrs if key not in EDITORS_OWN)
        element = (name, tuple(sorted(kept)))
        if name in VOID:
            self._void(element)
        elif name in BLOCKS:
            self.end_run()
            self._open.append(self._begun(element))
        else:
            self._marks.append(element)

    def _begun(self, element: Tag) -> _Block:
        """A new block; a list right after one of its kind goes on with that one."""
        inside = self._open[-1].inside
        last = inside[-1] if inside else None
        if isinstance(last, _Block) and last.tag == element and element[0] in LISTS:
            return last
        block = _Block(element)
        inside.append(block)
        return block

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if SAME.get(tag, tag) not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        name = SAME.get(tag, tag)
        if name in BLOCKS:
            self.end_run()
            if any(block.tag[0] == name for block in self._open[1:]):
                while self._open.pop().tag[0] != name:
                    pass
            return
        for place in range(len(self._marks) - 1, -1, -1):
            if self._marks[place][0] == name:
                del self._marks[place]
                return

    def handle_data(self, data: str) -> None:
        text = ""
        for character in data:
            is_space = character in SPACE
            if not (is_space and self._after_space):
                text += " " if is_space else character
            self._after_space = is_space
        if text:
            self._add(escape(text, quote=False))

    def end_run(self) -> None:
        """Close the text of the block that is open: it neither begins nor ends with a space."""
        plain = _joined(_without_marked_edges(self._runs))
        runs, self._runs, self._after_space = _joined(_bridged(plain)), [], True
        if runs and not runs[0].html.strip(EDGE):
            del runs[0]
        if runs and not runs[-1].html.strip(EDGE):
            del runs[-1]
        if runs:
            runs[0] = replace(runs[0], html=runs[0].html.lstrip(EDGE))
            runs[-1] = replace(runs[-1], html=runs[-1].html.rstrip(EDGE))
            self._open[-1].inside.append(runs)

    def _void(self, element: Tag) -> None:
        if element[0] in BLOCKS_WITHOUT_TEXT:
            self.end_run()
            self._open[-1].inside.append(_Block(element))
            return
        self._add(_opened(element, closed=True))
        self._after_space = element[0] == "br"

    def _add(self, html: str) -> None:
        links = [mark for mark in self._marks if mark[0] == "a"]
        marks = tuple(sorted({mark for mark in self._marks if mark[0] != "a"}))
        self._runs = _joined([*self._runs, _Run(html, links[-1] if links else None, marks)])


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Neighbours with the same marks are one run."""
    joined: list[_Run] = []
    for run in runs:
        if joined and (joined[-1].link, joined[-1].marks) == (run.link, run.marks):
            before = joined.pop().html
        else:
            before = ""
        # A space beside one that does not break is a space.
        joined.append(replace(run, html=SPACES.sub(" ", before + run.html)))
    return joined


def _bridged(runs: list[_Run]) -> Iterator[_Run]:
    """A space between two runs of the same marks belongs to them."""
    for place, run in enumerate(runs):
        before, after = runs[place - 1 : place], runs[place + 1 : place + 2]
        is_between = before and after and not run.html.strip(EDGE)
        if is_between and (before[0].link, before[0].marks) == (after[0].link, after[0].marks):
            yield replace(before[0], html=run.html)
        else:
            yield run


def _without_marked_edges(runs: list[_Run]) -> Iterator[_Run]:
    """A space at the edge of a marked run says nothing by its marks; the editor moves it out."""
    for run in runs:
        core = run.html.strip(EDGE)
        before, _core, after = run.html.partition(core) if core else (run.html, "", "")
        for html, is_core in ((before, False), (core, True), (after, False)):
            if html:
                yield _Run(html, run.link if is_core else None, run.marks if is_core else ())


def _written(block: _Block) -> Iterator[str]:
    """What stands in a block; loose text beside other blocks is a paragraph of its own."""
    is_loose = block.tag[0] in WRAPS_LOOSE or any(
        isinstance(part, _Block) and part.tag[0] not in HOLDS_BLOCKS for part in block.inside
    )
    for part in block.inside:
        if isinstance(part, _Block):
            yield from _block(part)
        elif is_loose:
            yield f"<{PARAGRAPH}>{_text(part)}</{PARAGRAPH}>"
        else:
            yield _text(part)


def _block(block: _Block) -> Iterator[str]:
    if block.tag[0] in BLOCKS_WITHOUT_TEXT:
        yield _opened(block.tag, closed=True)
    elif inside := "".join(_written(block)):
        yield f"{_opened(block.tag)}{inside}</{block.tag[0]}>"


def _text(runs: list[_Run]) -> str:
    """Runs with their marks; neighbours of one link stand in one link."""
    written, link = "", None
    for run in runs:
        if run.link != link:
            written += "</a>" if link else ""
            written += _opened(run.link) if run.link else ""
            link = run.link
        marks = "".join(_opened(mark) for mark in run.marks)
        written += marks + run.html + "".join(f"</{name}>" for name, _a in reversed(run.marks))
    return written + ("</a>" if link else "")


def _opened(tag: Tag, *, closed: bool = False) -> str:
    name, attributes = tag
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
    return f"<{name}{written}{'/' if closed else ''}>"
