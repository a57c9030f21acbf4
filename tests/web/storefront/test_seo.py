"""Addresses of a page and data inside scripts."""

import json

import pytest

from shop.web.storefront.seo import PageHead, in_script


@pytest.mark.parametrize(
    ("path", "vietnamese", "english"),
    [("/", "/", "/en/"), ("/en/", "/", "/en/"), ("/san-pham/?trang=2", "/san-pham/?trang=2", "/en/san-pham/?trang=2")],
)
def test_page_names_itself_in_both_languages(settings, path, vietnamese, english):
    head = PageHead(path=path)

    assert (head.vietnamese, head.english) == (settings.BASE_URL + vietnamese, settings.BASE_URL + english)
    assert head.canonical == settings.BASE_URL + path


def test_data_cannot_end_its_script():
    data = {"name": "</script><script>alert(1)</script><!-- & -->"}

    written = in_script(data)

    assert json.loads(written) == data
    assert [sign for sign in "<>&" if sign in written] == []
