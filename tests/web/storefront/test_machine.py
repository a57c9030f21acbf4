"""What programs read: robots.txt, the sitemap."""

import json
from itertools import groupby, islice
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.domain.pages.loading import PAGES
from tests.factories import make_certificate, make_decision, make_listing
from tests.factories.pages import publish_page

pytestmark = pytest.mark.django_db

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses_in(response, base):
    return [place.text.removeprefix(base) for place in ET.fromstring(response.content).iter(LOCATION)]  # noqa: S314


def test_robots_names_the_sitemap_and_keeps_out_of_baskets(client, settings):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
    assert ("Disallow: /gio-hang/" in text, "Disallow: /en/tim/" in text) == (True, True)


def test_sitemap_names_what_is_on_the_shelf_in_both_languages(client, settings):
    load_taxonomy()
    listing = make_listing("Chè búp")
    make_listing("Rượu mơ", criteria_set=14)
    make_listing("Chè ẩn", state="hidden")

    found = addresses_in(client.get("/sitemap.xml"), settings.BASE_URL)

    path = f"/san-pham/{listing.product.slug}-{listing.product_id}/"
    assert {path, f"/en{path}", "/", "/en/", "/tinh/thai-nguyen/", f"/xac-minh/{listing.certificate.code}/"} <= set(found)
    assert [address for address in found if "ruou-mo" in address or "che-an" in address] == []
    assert len(found) == len(set(found))


def test_sitemap_leaves_samples_out(client, settings):
    sample = make_certificate(decision=make_decision(is_sample=True))

    assert f"/xac-minh/{sample.code}/" not in addresses_in(client.get("/sitemap.xml"), settings.BASE_URL)


def test_every_address_of_the_sitemap_answers(client, settings):
    load_taxonomy()
    make_listing("Chè búp")
    found = addresses_in(client.get("/sitemap.xml"), settings.BASE_URL)
    # Of each sort of page a few: the 34 provinces are one sort.
    sorts = groupby(sorted(found), key=lambda path: path.removeprefix("/en").split("/")[1])
    found = [path for _, paths in sorts for path in islice(paths, 3)]

    assert len(found) > 15  # all sorts are there, in both languages
    assert [(path, status) for path in found if (status := client.get(path).status_code) != 200] == []


def test_robots_keep_out_of_everything_that_is_somebodys_own(client):
    text = client.get("/robots.txt").content.decode()

    kept_out = ["van-phong", "ban-hang", "tai-khoan", "gio-hang", "thanh-toan", "don-hang", "vu-viec", "manh"]
    assert [name for name in kept_out if f"Disallow: /{name}/" not in text or f"Disallow: /en/{name}/" not in text] == []
    assert "Disallow: /thong-tin/" not in text


def test_sitemap_has_the_pages_of_information_and_not_their_history(client, settings):
    publish_page("doi-tra", days_ahead=5)
    found = addresses_in(client.get("/sitemap.xml"), settings.BASE_URL)

    assert {f"{prefix}/thong-tin/{slug}/" for _, slug in PAGES for prefix in ("", "/en")} <= set(found)
    assert [address for address in found if "phien-ban" in address] == []


def test_the_mark_is_where_programs_look_for_it(client):
    icon = client.get("/favicon.ico")
    manifest = client.get("/site.webmanifest")
    described = json.loads(manifest.content)

    assert (icon.status_code, icon.content[:4], icon.headers["Content-Type"]) == (200, b"\x00\x00\x01\x00", "image/x-icon")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert (icon.headers["Cache-Control"], dict(icon.cookies)) == ("public, max-age=86400", {})
    assert described["start_url"] == "/"
    sizes = []
    for each in described["icons"]:
        with Image.open(finders.find(each["src"].partition("?")[0].removeprefix("/static/"))) as drawn:
            sizes.append(drawn.size)
    assert sizes == [(192, 192), (512, 512), (512, 512)]
    assert 'rel="manifest" href="/site.webmanifest"' in client.get("/en/").content.decode()
