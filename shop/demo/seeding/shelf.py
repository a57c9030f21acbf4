"""Seeded producers with their certificates, listings and stock, made as one by one as the shop makes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from catalogue_ext.models import Category, Product, ProductClass
from catalogue_ext.search.indexing import index_products
from shop.common.dates import months_after
from shop.common.places.models import Province
from shop.common.vietnamese import fold, slugify
from shop.demo.samples import AUTHORITY, EXTENSION_REASON, MONTHS
from shop.domain.certificates.models import Certificate, Decision
from shop.domain.listings.models import Listing
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from shop.domain.stock.counting import restock
from shop.oscar_forks.partner.models import Partner, StockRecord

from .goods import STOPPED_STATES, Good, goods_of

# Hà Nội, Thái Nguyên, TP. Hồ Chí Minh: three zones of shipping.
PROVINCES = ("01", "19", "79")
STOPPED_DAYS_AGO = 5


def seed_producers(*, seed: int, now: datetime) -> list[Partner]:
    """Return three producers with their shelves; those of an earlier run of the same seed as they are."""
    return [
        Partner.objects.filter(code=_code(seed, number)).first() or _make_producer(seed, number, province, now)
        for number, province in enumerate(PROVINCES, start=1)
    ]


def _code(seed: int, number: int) -> str:
    return f"seed-{seed}-{number}"


def _make_producer(seed: int, number: int, province: str, now: datetime) -> Partner:
    name = f"HTX Mẫu số {number} (seed {seed})"
    producer = Partner.objects.create(name=name, code=_code(seed, number))
    ProducerProfile.objects.create(
        producer=producer,
        slug=slugify(name),
        folded_name=fold(name),
        kind=ProducerProfile.Kind.COOPERATIVE,
        status=ProducerProfile.Status.ACTIVE,
        is_sample=True,
        province=Province.objects.get(code=province),
        email=f"{_code(seed, number)}@mau.example",
    )
    for place, good in enumerate(goods_of(seed=seed, producer_number=number), start=1):
        _make_listing(producer, good, f"{seed}-{number}-{place:02}", now)
    index_products(Product.objects.filter(listing__producer=producer).values_list("pk", flat=True))
    return producer


def _make_listing(producer: Partner, good: Good, number: str, now: datetime) -> None:
    province = producer.profile.province
    product = Product.objects.create(
        structure=Product.STANDALONE,
        product_class=ProductClass.objects.get(slug="ocop"),
        title=good.title,
        slug=slugify(good.title),
        upc=f"SEED-{number}",
        origin_province=province,
        criteria_set=good.criteria_set,
        unit=good.unit,
        net_content=good.net_content,
        net_content_unit=good.net_content_unit,
        weight_grams=good.weight_grams,
    )
    product.categories.set(Category.objects.filter(criteria_set=good.criteria_set))
    listing = Listing.objects.create(
        product=product,
        producer=producer,
        certificate=_make_certificate(producer, product, good, number, now.date()),
        state=Listing.State.LIVE,
        price_from_vnd=good.price_vnd,
        went_live_at=now,
    )
    record = StockRecord.objects.create(
        listing=listing,
        product=product,
        partner=producer,
        partner_sku=product.upc,
        price=Decimal(good.price_vnd),
        price_currency="VND",
    )
    if good.stock:
        restock(stock_record_id=record.pk, quantity=good.stock, actor=SYSTEM, now=now)


def _make_certificate(producer: Partner, product: Product, good: Good, number: str, today: date) -> Certificate:
    issued_on = good.issued_on(today)
    certificate = Certificate(
        code=f"MAU-{issued_on.year}-S{number}",
        decision=Decision.objects.create(
            authority=AUTHORITY, number=f"{number}/SEED", signed_on=issued_on, is_sample=True, source="manage.py seed"
        ),
        producer=producer,
        product=product,
        product_name=good.title,
        folded_name=fold(good.title),
        producer_name=producer.name,
        folded_producer_name=fold(producer.name),
        province=producer.profile.province,
        stars=good.stars,
        criteria_set=good.criteria_set,
        issued_on=issued_on,
        valid_until=months_after(issued_on, MONTHS),
    )
    if good.state == "extended":
        certificate.extended_until = months_after(certificate.valid_until, 6)
        certificate.extension_reason = EXTENSION_REASON
    elif good.state in STOPPED_STATES[1:]:
        certificate.stored_state = good.state
        certificate.stopped_on = today - timedelta(days=STOPPED_DAYS_AGO)
        certificate.stop_reason = "MẪU – để xem giấy chứng nhận bị dừng trông ra sao"
    certificate.save()
    return certificate
