"""A producer reaches for somebody else's things, and the office revokes a star while people are buying."""

import http.client
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from django.test import Client

from shop.domain.ordering.links import tracking_token
from shop.domain.parcels.models import Parcel
from shop.oscar_forks.order.models import Line, Order
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.buyers import TOKEN
from tests.races.revoking import revoke_amid_checkouts

CANARY = "Trại ong Chim Hoàng Yến"
NOT_FOUND, SOLD, REFUSED = 404, 303, 409


@dataclass(frozen=True)
class TenantSwap(Scenario):
    """Producer A's owner opens and changes everything of producer B by its number: nothing is there for A."""

    rounds: int = 3

    promise: ClassVar = "R31"
    guard: ClassVar = "tenant"
    title: ClassVar = Words("nhà sản xuất A mở đồ của B", "producer A reaches for B's things")
    said: ClassVar = Words("{opened} trên {tried} lần lọt", "{opened} of {tried} tries got through")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        own, others = make_producer("HTX Chè Tân Cương"), make_producer(CANARY)
        tea = make_listing(producer=own)
        owner = make_member(own)
        own_order = make_order((tea, 1))
        session = log_in(Client(), owner).cookies["sessionid"].value
        tried = opened = 0
        for _ in range(self.rounds):
            honey = make_listing("Mật ong", producer=others)
            parcel = make_order((honey, 1)).parcels.get()
            before = snapshot(parcel, honey)
            for method, path, form in self._tries(honey, parcel, own_order):
                status, body = ask(address, method, path, form, session)
                tried += 1
                opened += (status != NOT_FOUND and CANARY in body) or snapshot(parcel, honey) != before
                before = snapshot(parcel, honey)
        return Outcome(opened == 0, {"tried": tried, "opened": opened})

    def _tries(self, honey, parcel, own_order):
        desk, link = "/ban-hang", f"/don-hang/{own_order.number}/{tracking_token(parcel.order)}/"
        record = honey.stock_records.get()
        shelf = {
            "version": honey.version,
            f"goi-{record.pk}-price_vnd": int(record.price) + 1000,
            f"goi-{record.pk}-on_hand": record.num_in_stock + 1,
            f"goi-{record.pk}-was": record.num_in_stock,
        }
        yield from (
            ("GET", f"{desk}/kien/{parcel.pk}/", None),
            ("GET", f"{desk}/kien/{parcel.pk}/phieu/", None),
            ("GET", f"{desk}/san-pham/{honey.pk}/", None),
            ("GET", f"{desk}/san-pham/{honey.pk}/gioi-thieu/", None),
            ("GET", f"{desk}/san-pham/{honey.pk}/xem-truoc/", None),
            ("GET", link, None),
            ("POST", f"{desk}/san-pham/{honey.pk}/", shelf),
            ("POST", f"{desk}/san-pham/{honey.pk}/", {"act": "hide"}),
            ("POST", f"{desk}/san-pham/{honey.pk}/gioi-thieu/", {"description": "Của A"}),
            ("POST", f"{desk}/kien/xac-nhan/", {"kien": parcel.pk}),
            ("POST", f"{desk}/kien/{parcel.pk}/", {"act": "confirm"}),
            ("POST", f"{desk}/kien/{parcel.pk}/", {"act": "ship", "carrier": "GHN", "tracking_number": "LK99AQ"}),
            ("POST", f"{desk}/kien/{parcel.pk}/", {"act": "decline", "reason": "Hết hàng"}),
            ("POST", f"{link}huy/{parcel.pk}/", {"reason": "Đặt nhầm"}),
        )


def snapshot(parcel, listing) -> tuple:
    """What a write that got through would change."""
    parcel.refresh_from_db()
    listing.refresh_from_db()
    record = listing.stock_records.get()
    return parcel.status, listing.state, listing.version, listing.revisions.count(), record.price, record.num_in_stock


def ask(address: str, method: str, path: str, form: dict | None, session: str) -> tuple[int, str]:
    """One request with somebody's session; follows nothing."""
    server = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    server.request(method, path, urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form else None, headers)
    response = server.getresponse()
    body = response.read().decode("utf-8", "replace")
    server.close()
    return response.status, body


@dataclass(frozen=True)
class Revoked(Scenario):
    """Every checkout is there before the revocation, and held, or refused."""

    buyers: int = 120

    promise: ClassVar = "R50"
    guard: ClassVar = "shelf"
    title: ClassVar = Words("thu hồi sao khi {buyers} người đang đặt", "star revoked while {buyers} people order")
    said: ClassVar = Words("{before} đơn trước, {after} đơn sau khi thu hồi", "{before} sold before it, {after} after it")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        tea = make_listing(stock=2 * self.buyers)
        answers, event = revoke_amid_checkouts(stage.web(self.off(guarded=guarded)), tea, buyers=self.buyers)
        after = Line.objects.filter(pk__gt=event.detail["last_line_sold"]).count()
        orders, held = Order.objects.count(), Parcel.objects.filter(status="on_hold").count()
        statuses = [answer.status for answer in answers]
        kept = after == 0 and set(statuses) == {SOLD, REFUSED} and statuses.count(SOLD) == orders == held
        return Outcome(kept, {"before": orders - after, "after": after})
