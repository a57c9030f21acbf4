"""The load profile: many certified, priced, stocked products, written in bulk."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from catalogue_ext.models import Category, Product, ProductClass
from catalogue_ext.search.indexing import index_products
from shop.common.dates import months_after
from shop.common.places.models import Province
from shop.common.vietnamese import fold, slugify
from shop.demo.samples import AUTHORITY, MONTHS
from shop.domain.certificates.models import Certificate, Decision
from shop.domain.listings.models import Listing
from shop.domain.producers.models import ProducerProfile
from shop.domain.stock.models import StockMovement
from shop.oscar_forks.partner.models import Partner, StockRecord

from .allowed import check_may_seed
from .goods import PLENTY, WORDS

AT_ONCE = 2_000
PRODUCTS_PER_PRODUCER = 40
PLACES = ("Tân Cương", "Hà Giang", "Đắk Lắk", "Phú Quốc", "Mộc Châu", "Bến Tre", "Sa Pa", "Cần Giờ", "Đà Lạt", "Lý Sơn")
QUALITIES = ("thượng hạng", "truyền thống", "sấy lạnh", "nguyên chất", "hữu cơ", "loại một", "gia truyền", "vụ mới")


@transaction.atomic
def seed_load(*, products: int, now: datetime) -> dict[str, Any]:
    """Write so many products more, indexed for search, and say how many there are now."""
    check_may_seed()
    writer = LoadWriter(products, now)
    for first in range(0, products, AT_ONCE):
        writer.write(range(first, min(first + AT_ONCE, products)))
    return {"products": products, "first_product_id": writer.product_ids[0], "producers": len(writer.producers)}


class LoadWriter:
    """Writes one batch after another; numbers go on where an earlier run ended."""

    def __init__(self, products: int, now: datetime) -> None:
        self.now = now
        self.chance = random.Random(f"load:{products}")  # noqa: S311  known on purpose
        self.offset = Product.objects.filter(upc__startswith="LOAD-").count()
        self.product_class = ProductClass.objects.get(slug="ocop")
        self.provinces = list(Province.objects.order_by("code"))
        self.categories = dict(Category.objects.filter(criteria_set__isnull=False).values_list("criteria_set", "pk"))
        self.issued_on = now.date() - timedelta(days=200)
        self.producers = self._write_producers(-(-products // PRODUCTS_PER_PRODUCER))
        self.decision = Decision.objects.create(
            authority=AUTHORITY,
            number=f"{self.offset}/LOAD",
            signed_on=self.issued_on,
            is_sample=True,
            source="manage.py seed --profile load",
        )
        self.product_ids: list[int] = []

    def write(self, places: range) -> None:
        """Write the products of these places with everything they need to be sold."""
        products = _bulk(Product, (self._product(place) for place in places))
        producers = [self.producers[place // PRODUCTS_PER_PRODUCER] for place in places]
        rows = list(zip(products, producers, strict=True))
        certificates = _bulk(Certificate, (self._certificate(*row) for row in rows))
        listings = _bulk(Listing, (self._listing(*row, certificate) for row, certificate in zip(rows, certificates, strict=True)))
        records = _bulk(StockRecord, (self._record(*row, listing) for row, listing in zip(rows, listings, strict=True)))
        _bulk(StockMovement, (self._movement(record) for record in records))
        filed = Product.categories.through
        _bulk(
            filed,
            (
                filed(product=product, category_id=self.categories[product.criteria_set])
                for product in products
                if product.criteria_set in self.categories
            ),
        )
        index_products(product.pk for product in products)
        self.product_ids += [product.pk for product in products]

    def _write_producers(self, count: int) -> list[Partner]:
        first = self.offset // PRODUCTS_PER_PRODUCER
        names = [f"HTX Mẫu tải {number:05}" for number in range(first, first + count)]
        producers = _bulk(Partner, (Partner(name=name, code=f"{slugify(name)}-{self.offset}") for name in names))
        _bulk(
            ProducerProfile,
            (
                ProducerProfile(
                    producer=producer,
                    slug=producer.code,
                    folded_name=fold(producer.name),
                    status=ProducerProfile.Status.ACTIVE,
                    is_sample=True,
                    province=self.chance.choice(self.provinces),
                    email=f"{producer.code}@mau.example",
                )
                for producer in producers
            ),
        )
        return list(
            Partner.objects.filter(pk__in=[producer.pk for producer in producers]).select_related("profile").order_by("pk")
        )

    def _product(self, place: int) -> Product:
        name, criteria_set, unit, net_content, net_content_unit = WORDS[place % len(WORDS)]
        number = self.offset + place
        title = f"{name} {self.chance.choice(PLACES)} {self.chance.choice(QUALITIES)} {number:06}"
        return Product(
            structure=Product.STANDALONE,
            product_class=self.product_class,
            title=title,
            slug=slugify(title),
            upc=f"LOAD-{number:06}",
            criteria_set=criteria_set,
            unit=unit,
            net_content=net_content,
            net_content_unit=net_content_unit,
            weight_grams=max(net_content + 50, 100),
            origin_province=self.producers[place // PRODUCTS_PER_PRODUCER].profile.province,
        )

    def _certificate(self, product: Product, producer: Partner) -> Certificate:
        return Certificate(
            code=f"MAU-{self.issued_on.year}-{product.upc}",
            decision=self.decision,
            producer=producer,
            product=product,
            product_name=product.title,
            folded_name=fold(product.title),
            producer_name=producer.name,
            folded_producer_name=fold(producer.name),
            province=product.origin_province,
            stars=self.chance.choice((3, 3, 3, 4, 4, 5)),
            criteria_set=product.criteria_set,
            issued_on=self.issued_on,
            valid_until=months_after(self.issued_on, MONTHS),
        )

    def _listing(self, product: Product, producer: Partner, certificate: Certificate) -> Listing:
        return Listing(
            product=product,
            producer=producer,
            certificate=certificate,
            state=Listing.State.LIVE,
            price_from_vnd=self.chance.randrange(20, 900) * 1000,
            went_live_at=self.now,
        )

    def _record(self, product: Product, producer: Partner, listing: Listing) -> StockRecord:
        return StockRecord(
            listing=listing,
            product=product,
            partner=producer,
            partner_sku=product.upc,
            price=Decimal(listing.price_from_vnd),
            price_currency="VND",
            num_in_stock=PLENTY,
        )

    def _movement(self, record: StockRecord) -> StockMovement:
        return StockMovement(stock_record=record, kind=StockMovement.Kind.RESTOCKED, on_hand_change=PLENTY, at=self.now)


def _bulk(model: type[models.Model], rows: Iterator[Any]) -> list[Any]:
    return model.objects.bulk_create(rows, batch_size=AT_ONCE)
