"""Drawing a paper with ReportLab: A4, our own font with every Vietnamese letter, the same bytes for the same paper.

Whatever stands in a text is text: ReportLab reads markup in paragraphs, so each is escaped first.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from shop.common.vietnamese import normalise

from .document import Document, Party, Row, Sum, Table

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "BeVietnamPro-Regular", "BeVietnamPro-SemiBold"
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
# What ReportLab's own frame leaves free inside its margins.
PADDING = 6
INK, MUTED, LINE = HexColor("#2a2019"), HexColor("#6b5f55"), HexColor("#d8cfc4")
# No row may be higher than a page: twenty lines of the narrowest column that has words.
LONGEST_TEXT = 600
LONGEST_FOOT = 80


def draw_paper(paper: Document) -> bytes:
    """Return the paper as a PDF file."""
    _load_fonts()
    file = BytesIO()
    frame = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN - PADDING,
        rightMargin=MARGIN - PADDING,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=paper.title,
        author=paper.issuer[0],
        lang=paper.language,
        invariant=1,
    )
    frame.build(_story(paper), onFirstPage=_number(paper), onLaterPages=_number(paper))
    return file.getvalue()


@lru_cache(maxsize=1)
def _load_fonts() -> None:
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


def _style(name: str, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, **{"fontName": PLAIN, "fontSize": 9.5, "leading": 13.5, "textColor": INK, **more})


TEXT = _style("text")
NUMBER = _style("number", alignment=TA_RIGHT)
SMALL = _style("small", fontSize=8, leading=11, textColor=MUTED)
STRONG = _style("strong", fontName=BOLD)
STRONG_NUMBER = _style("strong number", fontName=BOLD, alignment=TA_RIGHT)
TITLE = _style("title", fontName=BOLD, fontSize=15, leading=20)
HEADING = _style("heading", fontName=BOLD, fontSize=10.5, leading=15, spaceBefore=4)


def _story(paper: Document) -> list[Any]:
    story: list[Any] = [_side_by_side([[_text(paper.title, TITLE), *_lines(paper.facts)], _lines(paper.issuer)])]
    if paper.parties:
        story += [Spacer(0, 4 * mm), _side_by_side([_party(each) for each in paper.parties])]
    for table in paper.tables:
        story += [Spacer(0, 5 * mm), *_table(table)]
    if paper.sums:
        story += [Spacer(0, 4 * mm), KeepTogether([_sums(paper.sums)])]
    return [*story, Spacer(0, 4 * mm), *(_text(note, SMALL) for note in paper.notes)]


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(normalise(text)[:LONGEST_TEXT]), style)


def _lines(lines: Sequence[str]) -> list[Paragraph]:
    return [_text(line, TEXT) for line in lines if line]


def _party(party: Party) -> list[Paragraph]:
    return [_text(party.heading, HEADING), *_lines(party.lines)]


def _side_by_side(cells: Sequence[list[Paragraph]]) -> Grid:
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    return Grid([list(cells)], colWidths=[WIDTH / len(cells)] * len(cells), style=TableStyle(style))


def _table(table: Table) -> list[Any]:
    last = len(table.heading) - 1
    heading = [_text(text, STRONG_NUMBER if place else STRONG) for place, text in enumerate(table.heading)]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (last, 0), (last, -1), 0),
    ]
    widths = [WIDTH * share for share in table.widths]
    grid = Grid([heading, *map(_cells, table.rows)], colWidths=widths, repeatRows=1, style=TableStyle(style))
    return [_text(table.caption, HEADING), grid]


def _cells(row: Row) -> list[Any]:
    first = [_text(row.cells[0], TEXT), *([_text(row.note, SMALL)] if row.note else [])]
    return [first, *(_text(cell, NUMBER) for cell in row.cells[1:])]


def _sums(sums: Sequence[Sum]) -> Grid:
    rows = [
        [_text(each.label, STRONG if each.is_total else TEXT), _text(each.amount, STRONG_NUMBER if each.is_total else NUMBER)]
        for each in sums
    ]
    style = [("LINEABOVE", (0, place), (-1, place), 0.8, INK) for place, each in enumerate(sums) if each.is_total]
    narrow = TableStyle([*style, ("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (1, 0), (1, -1), 0)])
    return Grid(rows, colWidths=[WIDTH * 0.34, WIDTH * 0.22], hAlign="RIGHT", style=narrow)


def _number(paper: Document) -> Any:
    def draw(canvas: Any, _frame: Any) -> None:
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, 10 * mm, normalise(paper.title)[:LONGEST_FOOT])
        canvas.drawRightString(A4[0] - MARGIN, 10 * mm, str(canvas.getPageNumber()))

    return draw
