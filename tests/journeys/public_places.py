"""Every public place that can show a star, in both languages, and what it says of one product."""

import html
import json
import re
from dataclasses import dataclass
from functools import cache

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory

LANGUAGES = ("", "/en")
# How a badge, a panel or a sentence claims a star that is valid.
CLAIMS = re.compile(r'class="(?:bdg|cert) (is-ok|is-soon|is-ext)')
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class ProductPage:
    """What a product page says: its status, the state of its badge, its structured data, whether it can be bought."""

    status: int
    states: frozenset[str]
    certification: dict | None
    availability: frozenset[str]
    can_be_bought: bool
    is_indexed: bool
    text: str


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def visit(path: str, query: dict | None = None) -> HttpResponse:
    """Open a page as a visitor; quicker than the test client, which keeps a copy of every template's context."""
    return _handler().get_response(RequestFactory().get(path, query))


def shelf_addresses(listing, *, words):
    """The lists, searches and feeds in which a product on the shelf stands."""
    province = listing.producer.profile.province.slug
    group = listing.product.categories.first()
    for prefix in LANGUAGES:
        yield f"{prefix}/"
        yield f"{prefix}/san-pham/"
        yield f"{prefix}/tinh/{province}/"
        yield f"{prefix}/tim/?q={words}"
        yield f"{prefix}/nha-san-xuat/{listing.producer.profile.slug}/"
        if group is not None:
            yield f"{prefix}/danh-muc/{group.slug}-{group.pk}/"
    yield "/sitemap.xml"


def product_path(listing):
    """Its page, in Vietnamese."""
    return f"/san-pham/{listing.product.slug}-{listing.product_id}/"


def addresses_that_show(listing, *, words):
    """Those of `shelf_addresses` that lead to the product's page now."""
    # A quote behind the address: every link and every entry of the sitemap ends so.
    link = re.compile(re.escape(product_path(listing)) + r"[\"<?#]")
    return {path for path in shelf_addresses(listing, words=words) if link.search(visit(path).content.decode())}


def read_product_page(listing, *, prefix=""):
    """Open the product's page as a visitor."""
    answer = visit(prefix + product_path(listing))
    page = answer.content.decode()
    # Below it stand cards of other products.
    own = page.split('class="rail')[0]
    data = next(one for one in map(json.loads, JSON_LD.findall(page)) if one["@type"] == "Product")
    return ProductPage(
        status=answer.status_code,
        states=frozenset(re.findall(r'class="(?:bdg|cert) (is-\w+)', own)),
        certification=data.get("hasCertification"),
        availability=frozenset(offer["availability"].rpartition("/")[2] for offer in data["offers"]),
        can_be_bought=f'action="{prefix}/gio-hang/them/' in page,
        is_indexed='name="robots" content="noindex' not in page,
        text=html.unescape(page),
    )


def read_check_page(certificate, *, prefix="", day=None):
    """Open the public check page, or ask it about a day."""
    query = f"?ngay={day.isoformat()}" if day else ""
    answer = visit(f"{prefix}/xac-minh/{certificate.code}/{query}")
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def read_signed(certificate):
    """The payload of the signed JSON of a certificate."""
    return json.loads(visit(f"/xac-minh/{certificate.code}/chung-nhan.json").content)["payload"]


def stopped_codes():
    """The codes in the signed list of stops."""
    payload = json.loads(visit("/xac-minh/thu-hoi.json").content)["payload"]
    return {one["code"]: one["state"] for one in payload["certificates"]}


def label_status(certificate):
    """200 where a label may be printed, 410 where the star is not true."""
    return visit(f"/xac-minh/{certificate.code}/nhan/").status_code
