"""What there is to visit in the measured shop."""

import json
import random
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from psycopg import Connection

from .client import Client, Request
from .databases import PEOPLE

LOG_IN = "/tai-khoan/dang-nhap/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MOST_GOODS = 2_000
# Cheap enough that a guest may pay at the door without a call.
HIGHEST_PRICE_VND = 500_000
GOODS = """
SELECT product.id, product.slug, listing.price_from_vnd
FROM catalogue_product AS product
JOIN listings_listing AS listing ON listing.product_id = product.id
WHERE product.upc LIKE 'LOAD-%%'
ORDER BY md5(product.upc)
LIMIT %s
"""
# What the producer who logs in has for sale, and much of it.
OWN_GOODS = """
SELECT record.product_id, record.listing_id
FROM partner_stockrecord AS record
JOIN listings_listing AS listing ON listing.id = record.listing_id
JOIN certificates_certificate AS certificate ON certificate.id = listing.certificate_id
WHERE listing.producer_id = %s AND record.num_in_stock >= 500
AND certificate.stored_state = 'active' AND certificate.valid_until > current_date + 1
ORDER BY record.id
LIMIT 5
"""
COMMUNES = "SELECT code, province_id FROM places_commune ORDER BY md5(code) LIMIT 50"


@dataclass(frozen=True)
class Good:
    """A product somebody may look at and buy."""

    pk: int
    slug: str
    price_vnd: int

    @property
    def path(self) -> str:
        return f"/san-pham/{self.slug}-{self.pk}/"


@dataclass(frozen=True)
class World:
    """Goods in no order, the paths of lists, communes to send to, and a producer who logs in."""

    goods: list[Good]
    affordable: list[Good]
    categories: list[str]
    provinces: list[str]
    communes: list[tuple[str, str]]
    owner_cookies: dict[str, str]
    own_goods: list[int]
    own_listings: list[int]

    def any_good(self, chance: random.Random) -> Good:
        return chance.choice(self.goods)


def look_around(connection: Connection, var_dir: Path, *, port: int) -> World:
    """Read it from the database and from what the seed said about people, and log the producer in."""
    seeded = json.loads((var_dir / PEOPLE).read_text())
    owner = next(user for user in seeded["users"] if user["role"] == "producer_owner")
    goods = [Good(pk, slug, int(price or Decimal(0))) for pk, slug, price in connection.execute(GOODS, [MOST_GOODS])]
    own = list(connection.execute(OWN_GOODS, [owner["producer_id"]]))
    categories = connection.execute("SELECT slug, id FROM catalogue_category WHERE depth = 1 AND numchild > 0 ORDER BY path")
    return World(
        goods=goods,
        affordable=[good for good in goods if good.price_vnd <= HIGHEST_PRICE_VND],
        categories=[f"/danh-muc/{slug}-{pk}/" for slug, pk in categories],
        provinces=[slug for (slug,) in connection.execute("SELECT slug FROM places_province ORDER BY code")],
        communes=list(connection.execute(COMMUNES)),
        owner_cookies=log_in(port, owner["login"], owner["password"]),
        own_goods=[product for product, _ in own],
        own_listings=[listing for _, listing in own],
    )


def log_in(port: int, login: str, password: str) -> dict[str, str]:
    """Log somebody in; returns the cookies of the session."""
    client = Client(port)
    token = TOKEN.search(client.ask(Request(LOG_IN)).body.decode()).group(1)
    client.ask(Request(LOG_IN, form={"csrfmiddlewaretoken": token, "login": login, "password": password}, expected=(302,)))
    client.close()
    return client.cookies
