"""What is frozen when an order is placed: the rule and the rate of that day, whatever is decided later."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from shop.common import clock
from shop.domain.ledger.models import ParcelSplit
from shop.domain.ledger.splitting import NotTheParcelsTotal, estimate_split, freeze_split
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_order, make_pack, make_producer
from tests.factories.ledger import make_rate, make_rule

pytestmark = pytest.mark.django_db


def test_the_market_opens_without_a_commission():
    order = make_order((make_listing(price_vnd=185_000), 2))

    split = order.parcels.get().split
    share = split.commission_shares.get()
    assert (split.goods_vnd, split.commission_vnd, split.tax_vnd) == (370_000, 0, 0)
    assert (share.percent, share.rule.scope, share.base_vnd) == (0, "default", 370_000)
    assert split.producer_vnd == split.total_vnd == order.parcels.get().total_vnd


@pytest.mark.parametrize(
    ("words", "withheld"),
    [
        ({"kind": "household_business"}, ("household", 1_850, 925)),
        ({"legal_form": "individual"}, ("individual", 1_850, 925)),
        ({"kind": "cooperative"}, ("cooperative", 0, 0)),
        # What a producer declared goes before what its name suggests.
        ({"kind": "household_business", "legal_form": "company"}, ("company", 0, 0)),
        ({"kind": "unknown"}, ("", 0, 0)),
    ],
)
def test_tax_is_withheld_from_households_and_individuals(words, withheld):
    listing = make_listing(price_vnd=185_000, producer=make_producer("Hộ Lò A Páo", **words))

    split = make_order((listing, 1)).parcels.get().split

    assert (split.legal_form, split.vat_withheld_vnd, split.income_tax_withheld_vnd) == withheld
    assert split.producer_vnd == split.total_vnd - split.tax_vnd
    assert bool(split.goods_tax_rate) == bool(split.tax_vnd)
    assert "117/2025" in (split.goods_tax_rate.source if split.tax_vnd else "117/2025")


def test_transport_is_taxed_when_the_office_sets_a_rate():
    make_rate(3, "1.5", activity="transport")
    household = make_producer("Hộ Lò A Páo", kind="household_business")

    split = make_order((make_listing(price_vnd=100_000, producer=household), 1)).parcels.get().split

    assert split.tax_vnd == 1_500 + split.shipping_vnd * 3 // 100 + split.shipping_vnd * 15 // 1000
    assert split.shipping_tax_rate.activity == "transport"


def test_what_was_frozen_stays_when_a_rule_comes():
    listing = make_listing(price_vnd=100_000)
    earlier = make_order((listing, 1)).parcels.get()
    rule = make_rule(8)
    later = make_order((listing, 1)).parcels.get()

    assert earlier.split.commission_vnd == 0
    assert (later.split.commission_vnd, later.split.commission_shares.get().rule) == (8_000, rule)


def test_packs_follow_their_product():
    listing = make_listing(stock=None)
    pack = make_pack(listing, price_vnd=350_000)
    make_rule(4, scope="product", product=listing.product)

    assert make_order((pack, 1)).parcels.get().split.commission_vnd == 14_000


def test_an_estimate_is_what_an_order_would_freeze():
    household = make_producer("Hộ Lò A Páo", kind="household_business")
    listing = make_listing(price_vnd=99_999, producer=household)
    make_rule("7.5")
    split = make_order((listing, 3)).parcels.get().split

    estimate = estimate_split(
        producer=household,
        lines=[(listing.product_id, 299_997)],
        shipping_vnd=split.shipping_vnd,
        day=clock.today(),
    )

    assert estimate.producer_vnd == split.producer_vnd
    assert estimate.commission_percent == split.commission_percent == Decimal("7.5")


def test_a_split_that_is_not_the_parcel_s_is_refused():
    order = make_order((make_listing(), 1))
    parcel = order.parcels.get()
    parcel.total_vnd -= 1

    with pytest.raises(NotTheParcelsTotal):
        freeze_split(parcel=parcel, lines=parcel.lines.all(), producer_discount_vnd=0, platform_discount_vnd=0, now=clock.now())


def test_discounts_are_borne_by_who_gave_them():
    make_rule(10)
    tea = make_listing(price_vnd=100_000)
    order = make_order((tea, 1))
    parcel = order.parcels.get()
    again = Parcel.objects.create(
        **{
            field: getattr(parcel, field)
            for field in ("goods_vnd", "shipping_vnd", "weight_grams", "shipping_service", "created_at", "status")
        },
        number="OC-X-2",
        order=order,
        producer=make_producer("HTX Ong"),
        ship_to=parcel.ship_to,
        discount_vnd=30_000,
        total_vnd=parcel.total_vnd - 30_000,
    )
    parcel.lines.update(parcel=again)

    split = freeze_split(
        parcel=again, lines=again.lines.all(), producer_discount_vnd=20_000, platform_discount_vnd=10_000, now=clock.now()
    )

    assert split.commission_vnd == 8_000
    assert split.producer_vnd == 100_000 + parcel.shipping_vnd - 20_000 - 8_000
    assert split.total_vnd == again.total_vnd


def test_a_rule_may_end_and_nothing_else_of_it_changes():
    rule = make_rule(8)
    rule.ends_on = clock.today() - timedelta(days=1)
    rule.save(update_fields=["ends_on"])

    assert make_order((make_listing(), 1)).parcels.get().split.commission_vnd == 0
    for harm in ("UPDATE ledger_commissionrule SET percent = 9", "DELETE FROM ledger_commissionrule"):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(harm)


def test_a_frozen_split_is_never_changed():
    make_order((make_listing(), 1))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ParcelSplit.objects.update(commission_vnd=1)
