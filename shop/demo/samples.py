"""Sample producers and products, marked «mẫu» wherever they appear, so that every group and state can be seen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction

from catalogue_ext.models import Product, ProductClass
from shop.common.dates import months_after
from shop.common.places.lookup import find_commune, find_province
from shop.common.vietnamese import fold, slugify
from shop.domain.certificates.models import Certificate, Decision
from shop.domain.certificates.naming import comparable, producer_key
from shop.domain.listings.models import Listing
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.partner.models import Partner

from .offerings import Offer, describe_product, offer_of, read_rows, stock_offer

AUTHORITY = "MẪU – dữ liệu trình diễn"
SOURCE = "shop/demo/data/samples.csv"
MONTHS = 36
# How long ago a sample was recognised (days), so that today it is what its row says.
AGE_DAYS = {"valid": 200, "expiring": 1050, "extended": 1150, "expired": 1200, "suspended": 300, "revoked": 400}
EXTENSION_REASON = "MẪU – hồ sơ đánh giá lại đang chờ kết quả"


@dataclass(frozen=True)
class Moment:
    """When the samples are made."""

    now: datetime
    today: date


@transaction.atomic
def load_samples(*, now: datetime, today: date) -> list[Listing]:
    """Make the sample shelf; return its listings."""
    if Decision.objects.filter(authority=AUTHORITY).exists():
        return []
    moment = Moment(now, today)
    listings = []
    rows = read_rows("samples.csv")
    for name, own in groupby(rows, key=lambda row: row["producer"]):
        producer = None
        for row in own:
            producer = producer or _make_producer(name, row)
            listings.append(_make_listing(producer, row, moment, number=len(listings) + 1))
    return listings


def _make_producer(name: str, row: dict[str, str]) -> Partner:
    producer = Partner.objects.create(name=name)
    province = find_province(row["province"])
    ProducerProfile.objects.create(
        producer=producer,
        slug=slugify(name),
        folded_name=fold(name),
        kind=row["kind"],
        status=ProducerProfile.Status.ACTIVE,
        is_sample=True,
        province=province,
        commune=find_commune(row["commune"], province),
        email=f"{slugify(name)}@mau.example",
    )
    return producer


def _make_listing(producer: Partner, row: dict[str, str], moment: Moment, number: int) -> Listing:
    packs = [_pack(text) for text in row["packs"].split(",") if text]
    certificate = _make_certificate(producer, row, moment, number)
    product = Product.objects.create(
        structure=Product.PARENT if packs else Product.STANDALONE,
        product_class=ProductClass.objects.get(slug="ocop"),
        title=row["title"],
        slug=slugify(row["title"]),
        upc=f"MAU-{number:03}",
        origin_province=certificate.province,
        origin_commune=certificate.commune,
    )
    certificate.product = product
    certificate.save(update_fields=["product"])
    describe_product(product, row, offer_of(row))
    listing = Listing.objects.create(product=product, producer=producer, certificate=certificate)
    offers = packs or [offer_of(row)]
    for place, offer in enumerate(offers, start=1):
        sold = _make_pack(product, offer, place) if packs else product
        stock_offer(listing, sold, offer, moment.now)
    listing.price_from_vnd = min(offer.price_vnd for offer in offers)
    listing.state, listing.went_live_at = Listing.State.LIVE, moment.now
    listing.save()
    return listing


def _make_pack(parent: Product, offer: Offer, place: int) -> Product:
    copied = ("title", "title_en", "slug", "vat_class", "criteria_set", "origin_province", "origin_commune")
    return Product.objects.create(
        structure=Product.CHILD,
        parent=parent,
        upc=f"{parent.upc}-{place}",
        unit=offer.unit,
        unit_en=offer.unit_en,
        net_content=offer.net_content,
        net_content_unit=offer.net_content_unit,
        weight_grams=offer.weight_grams,
        **{name: getattr(parent, name) for name in copied},
    )


def _pack(text: str) -> Offer:
    unit, unit_en, net, net_unit, weight, price, stock = text.split("|")
    return Offer(unit, unit_en, int(net), net_unit, int(weight), int(price), int(stock))


def _make_certificate(producer: Partner, row: dict[str, str], moment: Moment, number: int) -> Certificate:
    issued_on = moment.today - timedelta(days=AGE_DAYS[row["state"]])
    certificate = Certificate(
        code=f"MAU-{issued_on.year}-{number:05}",
        decision=Decision.objects.create(
            authority=AUTHORITY, number=f"{number:02}/MẪU", signed_on=issued_on, is_sample=True, source=SOURCE
        ),
        producer=producer,
        product_name=row["title"],
        folded_name=comparable(row["title"]),
        producer_name=producer.name,
        folded_producer_name=producer_key(producer.name),
        province=producer.profile.province,
        commune=producer.profile.commune,
        stars=int(row["stars"]),
        criteria_set=int(row["criteria_set"]),
        issued_on=issued_on,
        valid_until=months_after(issued_on, MONTHS),
        source_row=number + 1,
    )
    _bring_into_state(certificate, row["state"], moment.today)
    certificate.save()
    return certificate


def _bring_into_state(certificate: Certificate, state: str, today: date) -> None:
    if state == "extended":
        certificate.extended_until = months_after(certificate.valid_until, 6)
        certificate.extension_reason = EXTENSION_REASON
    if state in {Certificate.State.SUSPENDED, Certificate.State.REVOKED}:
        certificate.stored_state = state
        certificate.stopped_on = today - timedelta(days=5)
        certificate.stop_reason = "MẪU – để xem giấy chứng nhận bị dừng trông ra sao"
