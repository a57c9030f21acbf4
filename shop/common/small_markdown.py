"""A small part of Markdown as clean HTML: headings, paragraphs, lists, tables, bold, links and placeholders.

Everything that was typed is escaped before a single tag is put around it, and nh3 looks at the result once more, so
a text can hold `<script>` and shows it as words. `{{ name }}` is replaced from a closed list after escaping: nothing
typed is ever compiled as a template.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .vietnamese import slugify

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]*)\s*\}\}")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
HEADING = re.compile(r"(#{2,3})\s+(.+)")
BULLET = re.compile(r"[-*]\s+(.*)$")
NUMBER = re.compile(r"\d{1,3}[.)]\s+(.*)$")
TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?$")
SAFE_ADDRESS = re.compile(r"(https?://[^/\s]|mailto:\S|tel:[+\d]|/(?![/\\])|#)", re.IGNORECASE)
ANCHOR_PREFIX = "muc-"
CLEAN = nh3.Cleaner(
    tags={"h2", "h3", "p", "ul", "ol", "li", "strong", "a", "br", "div", "table", "thead", "tbody", "tr", "th", "td"},
    attributes={
        "a": {"href"},
        "h2": {"id"},
        "h3": {"id"},
        "th": {"scope"},
        "div": {"class"},
        "table": {"class"},
        "ul": {"class"},
        "ol": {"class"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents; `level` is 2 or 3."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Part:
    """A stretch of the page: HTML, or the name of a block that the page puts there itself."""

    html: SafeString | str = ""
    block: str = ""


@dataclass
class RenderedText:
    """A text as parts in order, with its headings."""

    parts: list[Part] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def render_text(text: str, *, values: Mapping[str, str], blocks: frozenset[str] = frozenset()) -> RenderedText:
    """Return the text as HTML; placeholders of `values` become words, of `blocks` parts of their own, others stay as typed."""
    page, stretch = RenderedText(), ""
    for chunk in _chunks(text):
        alone = PLACEHOLDER.fullmatch(chunk[0]) if len(chunk) == 1 else None
        if alone and alone[1] in blocks:
            page.parts += [_clean(stretch), Part(block=alone[1])]
            stretch = ""
        else:
            stretch += _render_chunk(chunk, values, page.headings)
    page.parts = [part for part in [*page.parts, _clean(stretch)] if part.html or part.block]
    return page


def placeholders_in(text: str) -> set[str]:
    """Return the names between double braces."""
    return set(PLACEHOLDER.findall(text))


def unsafe_links_in(text: str) -> list[str]:
    """Return addresses of links that lead nowhere safe: only http, https, mailto, tel and paths of this shop do."""
    return [address for _, address in LINK.findall(text) if not SAFE_ADDRESS.match(address)]


def _chunks(text: str) -> Iterator[list[str]]:
    """Paragraphs, with a heading always on its own."""
    chunk: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if chunk and (not line or HEADING.match(line)):
            yield chunk
            chunk = []
        if line and HEADING.match(line):
            yield [line]
        elif line:
            chunk.append(line)


def _render_chunk(lines: list[str], values: Mapping[str, str], headings: list[Heading]) -> str:
    def inline(text: str) -> str:
        return _inline(text, values)

    heading = HEADING.match(lines[0])
    if heading:
        return _heading(len(heading[1]), inline(heading[2]), headings)
    if len(lines) > 1 and lines[0].startswith("|") and TABLE_RULE.match(lines[1]):
        return _table(lines, inline)
    return "".join(_runs(lines, inline))


def _runs(lines: list[str], inline: Callable[[str], str]) -> Iterator[str]:
    """Lists and paragraphs in the order they stand; a line that is no item ends a list."""
    kind = ""
    run: list[str] = []
    for line in [*lines, None]:
        bullet, number = (BULLET.match(line), NUMBER.match(line)) if line is not None else (None, None)
        item = bullet or number
        now = "" if line is None else "ul" if bullet else "ol" if number else "p"
        if run and now != kind:
            yield _list(kind, run) if kind != "p" else f"<p>{'<br>'.join(run)}</p>"
            run = []
        kind = now
        if line is not None:
            run.append(inline(item[1] if item else line))


def _list(kind: str, items: list[str]) -> str:
    return f'<{kind} class="lst-{kind}">{"".join(f"<li>{item}</li>" for item in items)}</{kind}>'


def _table(lines: list[str], inline: Callable[[str], str]) -> str:
    head, *rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in [lines[0], *lines[2:]]]
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    # A short row is filled up, so that every cell stays under its heading.
    cells = [[*row, *([""] * (len(head) - len(row)))][: len(head)] for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    return f'<div class="tw"><table class="tbl"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _heading(level: int, html: str, headings: list[Heading]) -> str:
    text = unescape(nh3.clean(html, tags=set())).strip()
    anchor = base = ANCHOR_PREFIX + (slugify(text)[:60].strip("-") or "0")
    taken, number = {each.anchor for each in headings}, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    headings.append(Heading(level, text, anchor))
    return f'<h{level} id="{anchor}">{html}</h{level}>'


def _inline(text: str, values: Mapping[str, str]) -> str:
    html = LINK.sub(_link, BOLD.sub(r"<strong>\1</strong>", escape(text)))
    return PLACEHOLDER.sub(lambda found: escape(values[found[1]]) if found[1] in values else found[0], html)


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found[2]}">{found[1]}</a>' if SAFE_ADDRESS.match(found[2]) else found[0]


def _clean(html: str) -> Part:
    return Part(html=mark_safe(CLEAN.clean(html)))  # noqa: S308 -- nh3 has just cleaned it
