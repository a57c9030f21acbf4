"""Two producers who must never see each other, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from catalogue_ext.models import Category
from shop.common import clock
from shop.domain.certificates.acting_alone import begin_alone
from shop.domain.certificates.acts import Ground
from shop.domain.notifications.models import OutboxMessage
from shop.domain.pages.models import Page, PageDraft
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import BankTransfer, Refund
from shop.domain.producers.staff import actor_of
from tests.factories import (
    make_case,
    make_certificate,
    make_listing,
    make_member,
    make_officer,
    make_order,
    make_producer,
    make_revision,
    make_staff,
    make_user,
)
from tests.factories.imports import make_import
from tests.factories.ledger import make_rate, make_rule, make_vat_change
from tests.factories.office import make_act_request, make_entry
from tests.factories.payouts import make_payout
from tests.factories.returns import make_delivered, make_disputed
from tests.factories.vouchers import make_producers_voucher, make_voucher

# Whatever of the honey farm's shows up on a page of the tea house is a leak; the names are hers alone.
CANARIES = ("Mật ong Chim Hoàng Yến", "Trại ong Chim Hoàng Yến", "Khách Chim Hoàng Yến", "Ngõ Chim Hoàng Yến")
PRODUCER_ROLES = ("producer_owner", "producer_orders", "producer_listings", "producer_money")
ROLES = ("anonymous", "consumer", *PRODUCER_ROLES, "officer", "staff")
NEED_SECOND_FACTOR = {"officer", "staff", "producer_money"}


@dataclass
class World:
    tea_house: Any
    honey_farm: Any
    people: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """The tea house's people hold the producer roles; the honey farm sells to others."""
    tea_house, honey_farm = make_producer("HTX Chè Tân Cương"), make_producer(CANARIES[1])
    tea = make_listing("Chè Tân Cương", producer=tea_house)
    honey = make_listing(CANARIES[0], producer=honey_farm)
    world = World(tea_house, honey_farm)
    world.people = {
        "consumer": make_user(),
        **{role: make_member(tea_house, role=role) for role in PRODUCER_ROLES},
        "officer": make_officer(),
        "staff": make_staff(),
    }
    world.own = _objects(tea, make_order((tea, 2)))
    world.other = _objects(honey, make_order((honey, 1), buyer_name=CANARIES[2], street=CANARIES[3]))
    # What was told long ago has left: a message that waits for a month would make the shop unready.
    OutboxMessage.objects.filter(created_at__lt=clock.now() - timedelta(hours=1)).update(sent_at=clock.now())
    return world


def _bulk_act(certificate):
    """A small act on many certificates, begun and not carried out yet."""
    officer, now = actor_of(user=make_officer()), clock.now()
    ground = Ground("Kiểm tra định kỳ", now.date())
    return begin_alone(act="lift", certificate_ids=[certificate.pk], ground=ground, actor=officer, now=now)


def _money(order) -> dict[str, Any]:
    """A row of work, a transfer of nobody, and a refund that went back before."""
    now, payment = clock.now(), order.payments.get()
    moments = {"requested_at": now, "approved_at": now, "settled_at": now}
    refund = {"order": order, "amount_vnd": 1, "reason": "goodwill", "status": "succeeded", **moments}
    return {
        "alert": raise_alert(key=f"world:{order.pk}", kind="dispute", now=now),
        "transfer": BankTransfer.objects.create(
            bank_reference=f"W{order.pk}", source="feed", amount_vnd=1, booked_at=now, received_at=now
        ),
        "refund": Refund.objects.create(payment=payment, key=f"world:{order.pk}", **refund),
    }


def _objects(listing, order) -> dict[str, Any]:
    group = Category.objects.add_root(instance=Category(name=f"Nhóm {listing.pk}", slug=f"nhom-{listing.pk}", group="bev"))
    page = Page.objects.get(slug="giao-hang")
    PageDraft.objects.get_or_create(page=page, defaults={"title": "Nháp", "body": "Nháp", "saved_at": clock.now()})
    spare = make_certificate(producer=listing.producer)
    return {
        # Who holds an order's link may cancel it, so the walk gets one it may spoil.
        "order_to_spoil": make_order((listing, 1)),
        "return": make_disputed(make_delivered((listing, 1), buyer_name=order.buyer_name)),
        "listing": listing,
        "order": order,
        "parcel": order.parcels.get(),
        "product": listing.product,
        "certificate": listing.certificate,
        "spare_certificate": spare,
        "producer": listing.producer,
        "category": group,
        "page": page,
        "revision": make_revision(listing),
        "import": make_import(),
        "message": OutboxMessage.objects.filter(order=order).first(),
        "bulk_act": _bulk_act(spare),
        # Of a certificate of its own: the walk approves it.
        "act_request": make_act_request(make_certificate(producer=listing.producer)),
        "entry": make_entry(),
        "rule": make_rule(0),
        "rate": make_rate(1, 1),
        "vat_change": make_vat_change(),
        "payout": make_payout(listing.producer),
        "voucher": make_producers_voucher(listing.producer, f"NHAVUON{listing.pk}"),
        "platform_voucher": make_voucher(f"SAN{listing.pk}"),
        "case": make_case(code=listing.certificate.code),
        **_money(order),
        "basket_line": order.basket.all_lines().first(),
    }
