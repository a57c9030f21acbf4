"""Papers as PDF: every Vietnamese letter, nothing read as markup, nothing too long to be drawn, the same bytes again."""

import tracemalloc
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from shop.common.paper.document import Document, Party, Row, Sum, Table
from shop.common.paper.drawing import BOLD, LONGEST_TEXT, PLAIN, draw_paper

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
MOST_BYTES_OF_MEMORY = 16 * 1024 * 1024


def paper(text="Chè búp", *, lines=1):
    table = Table(
        text,
        [text[:20], "SL", "VAT", "Giá", "Tiền"],
        [Row([text, "1", "8%", "1 ₫", "1 ₫"], text)] * lines,
        [0.43, 0.07, 0.15, 0.17, 0.18],
    )
    parties = [Party(text, [text, "", text]), Party(text, [text])]
    return Document(text, "vi", [text, text], [text], parties, [table], [Sum("Tổng", "1 ₫", is_total=True)], [text])


def words_in(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_both_weights_have_every_letter():
    draw_paper(paper())
    letters = {ord(letter) for letter in f"{VOWELS}{VOWELS.upper()}₫−·«»“”–…"}

    missing = {name: [chr(each) for each in letters - set(pdfmetrics.getFont(name).face.charToGlyph)] for name in (PLAIN, BOLD)}

    assert missing == {PLAIN: [], BOLD: []}


@pytest.mark.parametrize(
    "text",
    [
        "<b>đậm</b> & <img src='file:///etc/passwd'/>",
        "{{ 7 }} %s %(a)s \\",
        "茶 🍵 شاي",
        "x" * 5_000,
        "Ư" * 300,
        "a\u0300\u0323 decomposed",
        "",
    ],
    ids=["markup", "templates", "letters the font has not", "endless", "a long word", "decomposed", "nothing"],
)
def test_any_text_is_drawn_as_text(text):
    content = draw_paper(paper(text, lines=3))

    assert content.startswith(b"%PDF-")
    if text.startswith(("<b>", "{{")):
        assert "".join(text.split()) in "".join(words_in(content).split())


def test_a_text_is_cut_before_a_row_is_higher_than_a_page():
    assert words_in(draw_paper(paper("y" * 5_000))).count("y") < 14 * LONGEST_TEXT


def test_a_paper_of_fifty_lines_is_small_and_the_same_each_time():
    tracemalloc.start()
    content = draw_paper(paper(lines=50))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (peak < MOST_BYTES_OF_MEMORY, len(content) < 80_000) == (True, True)
    assert draw_paper(paper(lines=50)) == content
    assert PdfReader(BytesIO(content)).metadata.title == "Chè búp"
