"""What all public pages promise: the same for everybody, no cookie, no token, no script or style inside."""

import re

import pytest
from django.core.cache import cache

from catalogue_ext.models import Category
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.domain.pages.loading import PAGES
from tests.factories import make_listing, make_user

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/ld\+json))", re.IGNORECASE)
TOKEN = re.compile("csrfmiddlewaretoken|x-csrftoken|csrf_token", re.IGNORECASE)


@pytest.fixture
def paths():
    load_taxonomy()
    listing = make_listing("Chè búp", criteria_set=11)
    food = Category.objects.get(depth=1, group="food")
    certificate = listing.certificate
    return {
        "kept": [
            "/",
            "/san-pham/",
            "/san-pham/?sao=4",
            f"/danh-muc/{food.slug}-{food.pk}/",
            "/tinh/",
            "/tinh/thai-nguyen/",
            "/tim/?q=che",
            f"/san-pham/{listing.product.slug}-{listing.product_id}/",
            f"/nha-san-xuat/{listing.producer.profile.slug}/",
            "/so-dang-ky/",
            "/xac-minh/",
            *(f"/thong-tin/{slug}/" for _, slug in PAGES),
            "/thong-tin/quy-che/phien-ban/",
            "/thong-tin/quy-che/phien-ban/1/",
        ],
        "fresh": [f"/xac-minh/{certificate.code}/", f"/xac-minh/{certificate.code}/nhan/"],
    }


def in_both_languages(paths):
    return [prefix + path for path in [*paths["kept"], *paths["fresh"]] for prefix in ("", "/en")]


def test_public_pages_set_no_cookie_and_carry_no_token(client, paths):
    for path in in_both_languages(paths):
        response = client.get(path)

        assert (path, response.status_code) == (path, 200)
        assert (path, dict(response.cookies)) == (path, {})
        # The page about cookies names one of that sort; nobody's token stands on any page.
        assert (path, TOKEN.findall(response.content.decode())) == (path, [])
        assert (path, "Cookie" in response.headers.get("Vary", "")) == (path, False)


def test_public_pages_have_nothing_inline(client, paths):
    for path in in_both_languages(paths):
        assert (path, INLINE.findall(client.get(path).content.decode())) == (path, [])


def test_public_pages_are_the_same_for_a_person_who_is_logged_in(client, paths):
    user = make_user()
    for path in paths["kept"]:
        as_guest = client.get(path).content
        client.force_login(user)
        as_user = client.get(path).content
        client.logout()

        assert (path, as_guest == as_user) == (path, True)


def test_public_pages_may_be_kept_for_half_a_minute_and_checks_never(client, paths):
    for path in paths["kept"]:
        assert client.get(path).headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    for path in paths["fresh"]:
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_unchanged_page_is_not_sent_twice(client, paths):
    tag = client.get("/san-pham/").headers["ETag"]

    again = client.get("/san-pham/", headers={"If-None-Match": tag})
    make_listing("Mật ong")
    cache.clear()
    changed = client.get("/san-pham/", headers={"If-None-Match": tag})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_public_pages_name_themselves_and_their_other_language(client, paths):
    titles = []
    for path in in_both_languages(paths):
        page = client.get(path).content.decode()
        titles.append(re.search("<title>(.*?)</title>", page, re.DOTALL)[1])
        assert (path, len(re.findall("<h1", page))) == (path, 1)
        assert (path, 'rel="canonical"' in page, 'hreflang="x-default"' in page) == (path, True, True)
        assert re.search(r'<meta name="description" content="[^"]{10,}"', page) or "noindex" in page, path

    assert [title for title in titles if not title.strip()] == []


def test_posting_to_a_public_page_is_refused(client, paths):
    assert {client.post(path).status_code for path in paths["kept"]} == {405}
