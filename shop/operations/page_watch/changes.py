"""Orders, price edits and suspensions on goods of the load profile, one after the other, as the shop itself makes them.

`manage.py watch_pages` runs it; a bench may too: `Changes().make_next()` makes one change and returns what pages must
not say any more. It speaks to the database and the Valkey of the environment it runs in, beside the web server.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from django.conf import settings

from shop.common import clock
from shop.common.money import format_vnd
from shop.common.places.models import Commune
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.listings.models import Listing
from shop.domain.listings.price_edit import set_price
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.requesting import OrderRequest
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.people.models import Officer
from shop.domain.producers.scoping import LISTINGS
from shop.domain.stock.counting import set_stock
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.partner.models import StockRecord

LOAD = "LOAD-"
# In each second: five orders, one price, one suspension.
ROUND = ("order", "order", "price", "order", "order", "suspension", "order")
# Below fifteen a page says how many are left, so that a unit more or less can be seen.
SHOWN_COUNT = 14
BUYER = {
    "buyer_name": "Khách mẫu",
    "buyer_phone": "+84900000000",
    "buyer_email": "khach@mau.example",
    "user_id": None,
    "language": "vi",
    "street": "1 Đường Mẫu",
}


class NothingToChange(Exception):
    """The shop has no goods of the load profile, no officer, or is not for trying."""


@dataclass(frozen=True)
class Change:
    """One change that is committed: `path` must not show `gone` any more, nor may lists where `is_off_shelf`."""

    kind: str
    path: str
    gone: str
    is_off_shelf: bool = False


class Changes:
    """Goes through the goods, each kind of change through its own third of them."""

    def __init__(self, *, most: int = 900) -> None:
        if not settings.DEMO:
            raise NothingToChange("Suspends and sells what there is: only where DEMO=1.")
        goods = Listing.objects.filter(product__upc__startswith=LOAD, state=Listing.State.LIVE)
        stocks = StockRecord.objects.filter(listing__in=goods, listing__certificate__stored_state="active")
        ids = list(stocks.order_by("pk").values_list("pk", flat=True)[:most])
        officer = Officer.objects.filter(scope=Officer.Scope.ALL).values_list("user_id", flat=True).first()
        if len(ids) < len(set(ROUND)) or officer is None:
            raise NothingToChange("Sow first: manage.py seed --profile acceptance, then --profile load --products 1000.")
        self.officer = Actor(user_id=officer, roles=frozenset({"officer"}))
        self.commune = Commune.objects.order_by("code").values_list("code", flat=True)[0]
        self._kinds = cycle(ROUND)
        # What is suspended is not met again.
        self._ids: dict[str, Iterator[int]] = {
            "order": cycle(ids[0::3]),
            "price": cycle(ids[1::3]),
            "suspension": iter(ids[2::3]),
        }

    @property
    def paths(self) -> list[str]:
        """The pages of all goods that are for sale, to look at."""
        goods = Listing.objects.filter(product__upc__startswith=LOAD, state=Listing.State.LIVE).select_related("product")
        return [_path(listing) for listing in goods.order_by("pk")[:200]]

    def make_next(self) -> Change:
        """Make the next change of the round and commit it."""
        kind = next(self._kinds)
        stock = StockRecord.objects.select_related("listing__product", "listing__certificate").get(pk=next(self._ids[kind]))
        return {"order": self._order, "price": self._price, "suspension": self._suspend}[kind](stock)

    def _order(self, stock: StockRecord) -> Change:
        free = stock.num_in_stock - stock.num_allocated
        if not 1 < free <= SHOWN_COUNT:
            wanted = stock.num_allocated + SHOWN_COUNT
            set_stock(
                stock_record_id=stock.pk, on_hand=wanted, expected_on_hand=stock.num_in_stock, actor=SYSTEM, now=clock.now()
            )
            free = SHOWN_COUNT
        self._place(stock)
        return Change("order", _path(stock.listing), f"<b>Còn {free}</b>")

    def _place(self, stock: StockRecord) -> None:
        basket = Basket.objects.create()
        basket.lines.create(
            line_reference=f"{stock.product_id}_{stock.pk}",
            product_id=stock.product_id,
            stockrecord=stock,
            quantity=1,
            price_currency="VND",
            price_incl_tax=stock.price,
        )
        now = clock.now()
        seen = preview_order(basket_id=basket.pk, commune_code=self.commune, services={}, today=now.date())
        request = OrderRequest(commune_code=self.commune, **BUYER)
        place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=seen.hash, now=now)

    def _price(self, stock: StockRecord) -> Change:
        before = int(stock.price)
        owner = Actor(roles=frozenset({LISTINGS}), producers={stock.partner_id: frozenset({LISTINGS})})
        set_price(
            stock_record_id=stock.pk,
            price_vnd=before + 1_000,
            expected_version=stock.listing.version,
            actor=owner,
            now=clock.now(),
        )
        return Change("price", _path(stock.listing), format_vnd(before, "vi"))

    def _suspend(self, stock: StockRecord) -> Change:
        ground = Ground("Thử tải", clock.today())
        suspend_certificate(certificate_id=stock.listing.certificate_id, ground=ground, actor=self.officer, now=clock.now())
        return Change("suspension", _path(stock.listing), 'class="cert is-ok', is_off_shelf=True)


def _path(listing: Listing) -> str:
    return f"/san-pham/{listing.product.slug}-{listing.product_id}/"
