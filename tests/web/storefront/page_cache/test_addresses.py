"""Which requests mean the same page, and which mean none that is kept."""

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from shop.web.storefront.page_cache.addresses import MOST_VALUES, address_of

ask = RequestFactory()


def address(path, **extra):
    return address_of(ask.get(path, **extra))


def test_parameters_that_no_page_reads_do_not_exist():
    plain = address("/san-pham/")

    assert address("/san-pham/?utm_source=zalo&fbclid=1&x[]=<script>") == plain
    assert address("/san-pham/?trang=&sao=&xep=%20") == plain
    assert address("/?q=che") == address("/")
    assert (plain.path, plain.query) == ("/san-pham/", "")


def test_one_choice_has_one_spelling():
    first = address("/san-pham/?tinh=ha-noi&sao=4&sao=5&trang=2")

    assert address("/san-pham/?sao=5&sao=4&sao=4&trang=9&trang=2&tinh=ha-noi") == first
    assert first.query == "sao=4&sao=5&tinh=ha-noi&trang=2"
    assert address("/tim/?q=++che%20%20xanh+").query == "q=che+xanh"


def test_whoever_ticks_everything_is_one_of_a_kind():
    many = "&".join(f"tinh=t{number}" for number in range(MOST_VALUES + 1))

    assert address(f"/san-pham/?{many}") is None
    assert address("/tim/?q=" + "a" * 5_000).query == "q=" + "a" * 100
    assert address("/san-pham/?trang=" + "1" * 5_000).query == ""
    assert address("/san-pham/" + "a" * 300 + "-1/") is None


def test_marks_are_of_what_a_page_shows():
    assert address("/en/san-pham/che-12/").marks == ("everything", "product:12")
    assert address("/tinh/ha-noi/").marks == ("everything", "lists")
    assert address("/thong-tin/quy-che/").marks == ("everything", "lists", "texts")
    assert address("/en/") != address("/")


@pytest.mark.parametrize(
    "path",
    [
        "/gio-hang/",
        "/thanh-toan/",
        "/tai-khoan/",
        "/ban-hang/",
        "/van-phong/",
        "/dashboard/",
        "/manh/gio-hang/",
        "/xac-minh/TNG-2026-00001/",
        "/xac-minh/khoa.json",
        "/thong-tin/quy-che/ban-nhap/",
        "/don-hang/100001/abc/",
        "/en",
        "/enx/",
        "/static/dist/shop.css",
        "/healthz",
        "//san-pham/",
    ],
)
def test_pages_for_one_person_and_checks_of_a_star_are_never_kept(path):
    assert address_of(ask.get("/", PATH_INFO=path)) is None


def test_nothing_is_kept_of_what_a_button_sends_or_a_proxy_prefixes():
    assert address_of(ask.post("/san-pham/")) is None
    assert address_of(ask.get("/san-pham/", SCRIPT_NAME="/elsewhere")) is None
    assert address_of(ask.head("/san-pham/")) == address("/san-pham/")


def public_views(patterns, prefix=""):
    for one in patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            if getattr(one.callback, "is_public_page", False):
                yield path
        else:
            yield from public_views(one.url_patterns, path)


def is_for_programs(path):
    """Files and signed answers look after themselves, and so does the page that lists them."""
    return "." in path.rpartition("/")[2] or path.startswith("du-lieu-mo/")


def test_every_page_that_says_it_is_public_is_kept():
    samples = {
        "": "/",
        "san-pham/": "/san-pham/",
        r"^san-pham/(?P<product_slug>[\w-]*)-(?P<pk>\d{1,18})/$": "/san-pham/che-1/",
        r"^danh-muc/(?P<category_slug>[\w/-]+)-(?P<pk>\d{1,18})/$": "/danh-muc/do-uong/che-2/",
        "tim/": "/tim/",
        "tinh/": "/tinh/",
        "tinh/<slug:slug>/": "/tinh/ha-noi/",
        "nha-san-xuat/<slug:slug>/": "/nha-san-xuat/htx-1/",
        "xac-minh/": "/xac-minh/",
        "so-dang-ky/": "/so-dang-ky/",
        "thong-tin/<slug:slug>/": "/thong-tin/quy-che/",
        "thong-tin/<slug:slug>/phien-ban/": "/thong-tin/quy-che/phien-ban/",
        "thong-tin/<slug:slug>/phien-ban/<int:number>/": "/thong-tin/quy-che/phien-ban/1/",
    }
    found = {path for path in public_views(get_resolver().url_patterns) if not is_for_programs(path)}

    assert found - samples.keys() == set()
    assert [path for name, path in samples.items() if name in found and address(path) is None] == []
