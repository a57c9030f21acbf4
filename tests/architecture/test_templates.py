"""The strict Content-Security-Policy holds because no template gives it anything to break on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Mail programs know no style sheets, so mails carry their styles with them.
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "notifications" not in path.parts)
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    # Data for machines (JSON-LD) is no script; the policy lets it be.
    "a script without src": re.compile(r"<script(?![^>]*(\ssrc=|type=\"application/(ld\+)?json\"))[^>]*>", re.IGNORECASE),
    "something from another host": re.compile(r"<(script|img|link)[^>]+(src|href)=\"(https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_has_nothing_inline(path):
    text = COMMENTS.sub("", path.read_text())

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_inline_patterns_find_what_they_look_for():
    bad = {
        "a style attribute": '<p style="color: red">',
        "a style element": "<style>p {}</style>",
        "an event attribute": '<a onclick="buy()">',
        "a javascript: address": '<a href="javascript:buy()">',
        "a script without src": "<script>buy()</script>",
        "something from another host": '<script src="https://cdn.example.com/jquery.js">',
    }

    assert {what: bool(pattern.search(bad[what])) for what, pattern in INLINE.items()} == dict.fromkeys(INLINE, True)
    assert not INLINE["a script without src"].search('<script src="/static/js/htmx.js" defer>')
    assert not INLINE["a script without src"].search('<script type="application/ld+json">')
