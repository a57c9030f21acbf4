"""A star ends at local midnight although nothing but the web server runs: no worker, no scheduler, no task."""

import json
import re
import urllib.request
from datetime import date
from urllib.error import HTTPError

import pytest
from django.core.cache import cache

from catalogue_ext.search.indexing import index_products
from shop.common.dates import months_after
from tests.factories import make_certificate, make_listing, make_producer
from tests.fixtures.processes import poll_until

from .public_places import JSON_LD, product_path

pytestmark = pytest.mark.django_db(transaction=True)

# A Friday far from today, so that only the shop's clock can be what ends the star.
LAST_DAY = date(2027, 3, 12)
SECONDS_BEFORE_MIDNIGHT = 25


def read(address, path):
    """A page as a visitor gets it, whatever its status."""
    try:
        with urllib.request.urlopen(address + path, timeout=30) as answer:  # noqa: S310 -- our own server
            return answer.read().decode()
    except HTTPError as refused:
        return refused.read().decode()


def certification(page):
    return next(one for one in map(json.loads, JSON_LD.findall(page)) if one["@type"] == "Product").get("hasCertification")


def places(listing):
    """Card, search, list, home, feed: where the product stands while its star is true."""
    province = listing.producer.profile.province.slug
    return ("/", "/san-pham/", "/en/san-pham/", f"/tinh/{province}/", "/tim/?q=ngan+ha", "/sitemap.xml")


def test_the_star_is_gone_with_the_first_request_after_midnight(live_stack):
    producer = make_producer("HTX Ngân Hà")
    issued_on = months_after(LAST_DAY, -36)
    certificate = make_certificate(producer=producer, product_name="Chè Ngân Hà", issued_on=issued_on, valid_until=LAST_DAY)
    tea = make_listing("Chè Ngân Hà", producer=producer, certificate=certificate)
    index_products([tea.product_id])
    cache.clear()
    moment = f"{LAST_DAY.isoformat()}T23:59:{60 - SECONDS_BEFORE_MIDNIGHT}"
    # The only process there is; it comes up before midnight and is asked on both sides of it.
    web = live_stack(environment={"SHOP_CLOCK": moment})
    link = re.compile(re.escape(product_path(tea)) + r"[\"<?#]")

    before = {path: bool(link.search(read(web, path))) for path in places(tea)}
    page = read(web, product_path(tea))
    assert "Giấy chứng nhận còn hiệu lực" in read(web, f"/xac-minh/{certificate.code}/"), "the server came up too late"
    assert before == dict.fromkeys(places(tea), True)
    assert certification(page)["certificationIdentification"] == certificate.code

    def is_over():
        return "Giấy chứng nhận đã hết hiệu lực" in read(web, f"/xac-minh/{certificate.code}/")

    poll_until(is_over, seconds=SECONDS_BEFORE_MIDNIGHT + 30, what="midnight")

    page = read(web, product_path(tea))
    after = {path: bool(link.search(read(web, path))) for path in places(tea)}
    assert certification(page) is None
    assert 'class="cert is-exp' in page
    assert after == dict.fromkeys(places(tea), False)
    assert json.loads(read(web, f"/xac-minh/{certificate.code}/chung-nhan.json"))["payload"]["state"] == "expired"
