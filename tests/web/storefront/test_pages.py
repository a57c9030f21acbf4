"""Pages of information as the public reads them."""

import re
from datetime import timedelta

import pytest

from shop.common import clock
from shop.common.money import format_vnd
from shop.common.places.zones import ShippingZone
from shop.domain.pages.loading import PAGES
from shop.domain.pages.models import Page, PageVersion
from shop.domain.parcels.rates import SERVICES
from tests.factories.pages import publish_page

pytestmark = pytest.mark.django_db


def test_delivery_page_prices_the_half_kilogram_it_speaks_of(client):
    page = client.get("/thong-tin/giao-hang/").content.decode()

    tariffs = SERVICES[0].tariffs
    assert [zone for zone in ShippingZone if format_vnd(tariffs[zone].first_step_vnd, "vi") not in page] == []


@pytest.mark.parametrize("slug", [slug for _, slug in PAGES])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_page_has_no_holes_and_its_contents_lead_somewhere(client, slug, language):
    page = client.get(f"{language}/thong-tin/{slug}/").content.decode()

    assert "{{" not in page
    ids = set(re.findall(r'<h[23] id="(muc-[^"]+)"', page))
    assert set(re.findall(r'href="#(muc-[^"]+)"', page)) <= ids
    if language:
        assert "chưa có bản tiếng Anh" not in page
        article = page.partition("<article")[2].partition("</article>")[0]
        assert [address for address in re.findall(r'<a href="(/[^"]*)">', article) if not address.startswith("/en/")] == []


def test_every_address_a_page_leads_to_answers(client):
    addresses = set()
    for version in PageVersion.objects.all():
        addresses |= set(re.findall(r"\]\((/[^)]*)\)", version.body + version.body_en))

    assert {path: client.get(path).status_code for path in addresses} == {
        path: 302 if path.endswith("/tai-khoan/") else 200 for path in addresses
    }


def test_what_nobody_translated_is_shown_in_vietnamese_and_says_so(client):
    publish_page("doi-tra", title="Đổi trả mới", body="## Mục\n\nChữ mới.")

    page = client.get("/en/thong-tin/doi-tra/").content.decode()

    assert "This page is not in English yet" in page
    assert re.search(r'lang="vi"[^>]*><h1>Đổi trả mới', page)
    assert re.search(r'class="stk prose" lang="vi"><h2', page)
    assert '<span lang="vi">Đổi trả mới</span>' in client.get("/en/thong-tin/quy-che/").content.decode()


def test_an_old_version_stays_readable_and_says_that_it_is_old(client):
    old = client.get("/thong-tin/doi-tra/").content.decode()
    publish_page("doi-tra", title="Đổi trả", body="Chữ mới.")

    shown = client.get("/thong-tin/doi-tra/phien-ban/1/").content.decode()

    assert "Đây là bản cũ" in shown
    assert "noindex" in shown
    assert re.findall(r"<h2 id=.*?</h2>", old) == re.findall(r"<h2 id=.*?</h2>", shown)
    listed = client.get("/thong-tin/doi-tra/phien-ban/").content.decode()
    assert (listed.count("Bản số "), "đang có hiệu lực" in listed, "bản cũ" in listed) == (2, True, True)


def test_a_version_replaced_before_it_began_says_so(client):
    publish_page("doi-tra", title="Đổi trả", body="Sau.", days_ahead=20)
    publish_page("doi-tra", title="Đổi trả", body="Sớm hơn.", days_ahead=10)

    assert "đã được thay trước khi có hiệu lực" in client.get("/thong-tin/doi-tra/phien-ban/2/").content.decode()
    assert "chưa có hiệu lực" in client.get("/thong-tin/doi-tra/phien-ban/3/").content.decode()
    assert "không dùng đến" in client.get("/thong-tin/doi-tra/phien-ban/").content.decode()


def test_numbers_of_an_old_version_are_those_of_its_time(client, settings):
    settings.COD_LIMIT_VND = 3_000_000
    page = client.get("/thong-tin/quy-che/").content.decode().replace("&nbsp;", "\xa0")

    assert format_vnd(5_000_000, "vi") in page
    assert format_vnd(3_000_000, "vi") not in page


@pytest.mark.parametrize(
    "path",
    [
        "khong-co/",
        "doi-tra/phien-ban/9/",
        "doi-tra/phien-ban/0/",
        "doi-tra/phien-ban/99999999999999999999/",
        "doi-tra/phien-ban/a/",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/thong-tin/{path}").status_code == 404


def test_a_page_that_has_not_begun_is_not_there_yet(client):
    page = Page.objects.get(slug="cookie")
    moment = clock.now() + timedelta(days=5)
    other = Page.objects.create(slug="moi", kind="x", position=99)
    PageVersion.objects.create(page=other, number=1, revision=0, title="a", body="b", valid_from=moment, published_at=moment)

    assert client.get("/thong-tin/moi/").status_code == 404
    assert "/thong-tin/moi/" not in client.get("/sitemap.xml").content.decode()
    assert client.get(f"/thong-tin/{page.slug}/").status_code == 200


def test_a_page_costs_the_same_with_many_versions(client, django_assert_num_queries, django_assert_max_num_queries):
    client.get("/thong-tin/doi-tra/")
    with django_assert_max_num_queries(12) as once:
        client.get("/thong-tin/doi-tra/")
    publish_page("doi-tra", title="Đổi trả", body="Một.")
    publish_page("doi-tra", title="Đổi trả", body="Hai.")
    publish_page("quy-che", title="Quy chế", body="Hai.")

    with django_assert_num_queries(len(once)):
        client.get("/thong-tin/doi-tra/")
