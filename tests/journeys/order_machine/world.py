"""The small shop in which the machine plays: few goods and few units, so that everything meets everything."""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from shop.common import clock
from shop.common.places.models import Province
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.reading import read_list
from shop.domain.listings import importing
from shop.domain.payments.models import Refund
from shop.domain.payments.provider import RefundFact
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import Actor
from shop.domain.producers.staff import actor_of
from shop.oscar_forks.partner.models import Partner
from tests.factories import make_certificate, make_listing, make_member, make_officer, make_producer, make_user
from tests.factories.imports import BAD, HONEY, TEA, list_bytes
from tests.factories.ledger import make_rule
from tests.factories.payments import PrepaidForTests
from tests.factories.payouts import make_bank_account
from tests.factories.transfers import ACCOUNT
from tests.factories.vouchers import make_producers_voucher, make_voucher

BEGIN = datetime(2026, 11, 23, 9, tzinfo=clock.SHOP_TIME_ZONE)
# Issued on these days: far from its end, expiring within the weeks that are played, ending next week.
GOODS = (
    ("Trà Ô long", "HTX Trà Cầu Đất", "2026-06-01", 3),
    ("Cao atisô", "HTX Trà Cầu Đất", "2023-12-20", 6),
    ("Mật ong", "HTX Ong Vàng", "2026-06-01", 2),
    ("Phấn hoa", "HTX Ong Vàng", "2023-11-28", 5),
    ("Cà phê Arabica", "HTX Cà phê Lạc Dương", "2025-01-15", 8),
)


CODE_OF_SHOP = "CHAOBAN"
CODE_OF_PRODUCER = "TRACAUDAT"


class CardOfWorld(PrepaidForTests):
    """Gives nothing back of what a bank disputes, as Stripe does not."""

    method = "card"

    def __init__(self):
        super().__init__()
        self.contested = set()

    def refund(self, *, refund_id):
        is_contested = Refund.objects.filter(pk=refund_id, payment__in=self.contested).exists()
        return RefundFact(Refund.Status.FAILED, error="charge_disputed") if is_contested else super().refund(refund_id=refund_id)


@dataclass
class World:
    """Rows that are there before the first step, and the moment it is."""

    now: datetime
    buyers: list[int]
    officer: Actor
    colleague: Actor
    listings: list[int] = field(default_factory=list)
    owners: dict[int, Actor] = field(default_factory=dict)
    lists: list[Path] = field(default_factory=list)
    card: CardOfWorld = field(default_factory=CardOfWorld)


def make_world(monkeypatch) -> World:
    """Make the shop; from here on its clock stands wherever `world.now` says."""
    world = World(now=BEGIN, buyers=[], officer=Actor(user_id=None), colleague=Actor(user_id=None))
    monkeypatch.setattr(clock, "now", lambda: world.now)
    world.buyers = [make_user().pk, make_user().pk]
    world.officer, world.colleague = (actor_of(user=make_officer()) for _ in range(2))
    _open_ways_to_pay(world, monkeypatch)
    make_rule(7)
    _fill_shelves(world)
    _give_vouchers()
    _write_lists(world, monkeypatch)
    return world


def _open_ways_to_pay(world, monkeypatch):
    monkeypatch.setitem(PROVIDERS, "card", world.card)
    account = {"VIETQR_BANK_BIN": "970436", "VIETQR_ACCOUNT": ACCOUNT, "VIETQR_ACCOUNT_NAME": "CHO OCOP"}
    # Few buyers order again and again here.
    for name, value in (account | {"UNPAID_ORDERS_MAX": 1000, "PAYOUT_MINIMUM_VND": 1000}).items():
        monkeypatch.setattr(settings, name, value)


def _fill_shelves(world):
    province = Province.objects.get(name="Lâm Đồng")
    producers = {}
    for name, producer_name, issued_on, stock in GOODS:
        producer = producers.get(producer_name) or make_producer(producer_name, province=province)
        producers[producer_name] = producer
        issued = datetime.fromisoformat(issued_on).date()
        certificate = make_certificate(producer=producer, product_name=name, stars=3, issued_on=issued)
        listing = make_listing(name, producer=producer, certificate=certificate, stock=stock)
        world.listings.append(listing.pk)
        if producer.pk not in world.owners:
            world.owners[producer.pk] = actor_of(user=make_member(producer))
            make_bank_account(producer)


def _give_vouchers():
    """One for a single order, by the shop; one for each buyer, by a producer."""
    make_voucher(CODE_OF_SHOP, limit_total=1)
    producer = Partner.objects.get(name="HTX Trà Cầu Đất")
    make_producers_voucher(producer, CODE_OF_PRODUCER, percent=10, limit_per_buyer=1)


def _write_lists(world, monkeypatch):
    """Two lists that can be applied, newer certificates in them, and one with a row that cannot."""
    for number, rows in enumerate(((TEA, HONEY), (HONEY,), (TEA, BAD)), start=1):
        path = Path(tempfile.mkdtemp(dir=settings.RUN_DIR)) / f"danh-sach-{number}.xlsx"
        path.write_bytes(list_bytes(*rows, number=f"{number}/QĐ-UBND", day=datetime(2026, 11, number).date()))  # noqa: DTZ001
        world.lists.append(path)
    # Reading takes a process of its own each time; what is in a file does not change.
    annexes = {path: read_list(path=path, given=Given(), today=world.now.date()) for path in world.lists}
    monkeypatch.setattr(importing, "read_list", lambda *, path, **_: annexes[path])
