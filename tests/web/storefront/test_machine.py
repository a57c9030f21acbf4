"""What programs read: robots.txt, the sitemap."""

from xml.etree import ElementTree as ET

import pytest

from catalogue_ext.taxonomy_loading import load_taxonomy
from tests.factories import make_certificate, make_decision, make_listing

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

    assert [(path, status) for path in found if (status := client.get(path).status_code) != 200] == []
