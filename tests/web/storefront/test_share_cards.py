"""What a link looks like when somebody shares it, and what the head of a page says about it."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from PIL import Image

from shop.common import clock
from shop.domain.pages.operator import OperatorData, declare_operator
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
PROPERTIES = {"og:title", "og:description", "og:url", "og:image", "og:type", "og:site_name", "og:locale", "og:locale:alternate"}


@pytest.fixture
def paths():
    listing = make_listing("Chè búp")
    return [
        "/",
        f"/san-pham/{listing.product.slug}-{listing.product_id}/",
        f"/nha-san-xuat/{listing.producer.profile.slug}/",
        "/tinh/thai-nguyen/",
        f"/xac-minh/{listing.certificate.code}/",
        "/thong-tin/quy-che/",
    ]


def properties_of(page):
    return dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', page))


def data_of(page):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {block["@type"]: block for block in map(json.loads, blocks)}


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_worth_sharing_has_a_card(client, settings, paths, language):
    for path in paths:
        address = "/en/" if (language, path) == ("/en", "/") else language + path
        page = client.get(address).content.decode()
        card = properties_of(page)

        assert (path, PROPERTIES - card.keys()) == (path, set())
        assert (path, [name for name in PROPERTIES if not card[name].strip()]) == (path, [])
        assert card["og:url"] == settings.BASE_URL + address
        assert card["og:image"].startswith(settings.BASE_URL)
        assert 'name="twitter:card" content="summary_large_image"' in page
        assert f'rel="canonical" href="{settings.BASE_URL}{address}"' in page
        assert len(re.findall(r'rel="alternate" hreflang=', page)) == 3
        assert ("★" in card["og:title"] + card["og:description"]) is False


def test_the_picture_of_a_card_is_a_png_of_the_size_it_says(client, paths):
    card = properties_of(client.get("/thong-tin/quy-che/").content.decode())
    name = card["og:image"].partition("/static/")[2].partition("?")[0]

    with Image.open(finders.find(name)) as picture:
        size = picture.size
    assert size == (int(card["og:image:width"]), int(card["og:image:height"])) == (1200, 630)


def test_home_describes_its_operator_and_makes_nothing_up(client):
    nobody = data_of(client.get("/").content.decode())["Organization"]
    assert {"legalName", "taxID", "telephone", "email", "address"} & nobody.keys() == set()

    data = OperatorData("Công ty </script>", "1 Tràng Tiền", "0100109106", "1/BCT", "+84912345678", "a@b.vn")
    declare_operator(data=data, actor=SYSTEM, now=clock.now())
    cache.clear()
    page = client.get("/en/").content.decode()
    described = data_of(page)

    assert described["Organization"]["legalName"] == "Công ty </script>"
    assert described["WebSite"]["publisher"] == {"@id": described["Organization"]["@id"]}
    assert ("0912 345 678" in page, "completed: 1/BCT" in page) == (True, True)
