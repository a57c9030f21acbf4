"""Markdown of pages: what it understands, and that nothing typed becomes more than words."""

import time
from html.parser import HTMLParser

import pytest

from shop.common.small_markdown import Heading, placeholders_in, render_text, unsafe_links_in

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[bấm](javascript:alert(1))",
    "[bấm](JaVaScRiPt:alert(1))",
    "[bấm](data:text/html;base64,PHNjcmlwdD4=)",
    "[bấm](//evil.example)",
    "[bấm](/\\evil.example)",
    '[bấm](https://a.example/"onmouseover="alert(1))',
    '## <b onclick="x">Tiêu đề</b>',
    "- <svg onload=alert(1)>",
    "| <iframe> | b |\n|---|---|\n| <script> | d |",
    "{% load static %}{{ request.user }}{{ settings.SECRET_KEY }}",
]


class Written(HTMLParser):
    """What a browser makes of it."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name == "href"]


def html_of(text, values=None):
    return "".join(part.html for part in render_text(text, values=values or {}).parts)


def test_paragraphs_headings_lists_and_bold():
    page = html_of("## Giao hàng\nMột dòng\ndòng hai\n\n- a **đậm**\n- b\n\n1. một\n2. hai\n\n### Nhỏ")

    assert page == (
        '<h2 id="muc-giao-hang">Giao hàng</h2><p>Một dòng<br>dòng hai</p>'
        '<ul class="lst-ul"><li>a <strong>đậm</strong></li><li>b</li></ul>'
        '<ol class="lst-ol"><li>một</li><li>hai</li></ol><h3 id="muc-nho">Nhỏ</h3>'
    )


def test_a_list_may_follow_its_sentence_at_once():
    assert html_of("Gồm:\n- a\n- b\nHết.") == '<p>Gồm:</p><ul class="lst-ul"><li>a</li><li>b</li></ul><p>Hết.</p>'


def test_a_table_fills_short_rows():
    page = html_of("| Vùng | Phí |\n|---|---|\n| Cùng tỉnh |")

    assert page == (
        '<div class="tw"><table class="tbl"><thead><tr><th scope="col">Vùng</th><th scope="col">Phí</th></tr></thead>'
        "<tbody><tr><td>Cùng tỉnh</td><td></td></tr></tbody></table></div>"
    )


def test_links_lead_to_safe_places():
    page = html_of("[a](/lien-he/) [b](https://moit.gov.vn/x?a=1&b=2) [c](mailto:a@b.vn) [d](tel:+84912345678) [e](#muc-a)")

    assert page.count("<a href=") == 5
    assert 'href="https://moit.gov.vn/x?a=1&amp;b=2"' in page


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_stays_words(text):
    written = Written()
    written.feed(html_of(text))

    assert written.tags <= {"p", "h2", "ul", "li", "a", "div", "table", "thead", "tbody", "tr", "th", "td"}
    assert written.attributes <= {"id", "class", "scope", "href"}
    assert all(address.startswith("https://a.example/") for address in written.addresses)


def test_a_refused_address_is_named():
    assert unsafe_links_in("[a](javascript:x) [b](/x/) [c](ftp://x) [d](//y)") == ["javascript:x", "ftp://x", "//y"]


def test_headings_get_their_own_anchors():
    page = render_text("## Đổi trả\n\n## Đổi trả\n\n### **!!**\n\n## A & <b>", values={})

    assert page.headings == [
        Heading(2, "Đổi trả", "muc-doi-tra"),
        Heading(2, "Đổi trả", "muc-doi-tra-2"),
        Heading(3, "!!", "muc-0"),
        Heading(2, "A & <b>", "muc-a-b"),
    ]


def test_placeholders_come_from_a_closed_list_and_are_escaped():
    assert html_of("Trong {{ days }} ngày, {{name}}", {"days": "7", "name": "<b>**A**</b>"}) == (
        "<p>Trong 7 ngày, &lt;b&gt;**A**&lt;/b&gt;</p>"
    )
    assert html_of("{{ unknown }} {{ 7*7 }} {% now 'Y' %}") == "<p>{{ unknown }} {{ 7*7 }} {% now 'Y' %}</p>"


def test_a_value_cannot_leave_its_attribute():
    assert 'onclick="' not in html_of("[thư](mailto:{{mail}})", {"mail": '" onclick="x'})


def test_a_block_is_a_part_of_its_own():
    page = render_text("Trước\n\n{{ table }}\n\nSau {{ table }}", values={}, blocks=frozenset({"table"}))

    assert [part.block or str(part.html) for part in page.parts] == ["<p>Trước</p>", "table", "<p>Sau {{ table }}</p>"]


def test_names_between_braces_are_found():
    assert placeholders_in("{{ a }} {{b_1}} { c } {{ d-e }}") == {"a", "b_1"}


@pytest.mark.parametrize("piece", ["**a ** a", "[", "## a ", "| a ", "{{ ", "- ", "**", "[a]("])
def test_a_long_text_takes_no_long_time(piece):
    before = time.perf_counter()
    render_text(piece * (40_000 // len(piece)), values={})

    assert time.perf_counter() - before < 2
