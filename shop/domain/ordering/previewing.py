"""The order before it is one: what each producer would send, for how much, and the fingerprint of all of it.

The page shows a preview and carries its hash; placement makes the same preview again under its locks and refuses
when the hash differs, so nobody pays a price that was not on the page.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from shop.common.places.models import Commune, Province
from shop.common.places.today import places_of_today
from shop.domain.pages.queries import accepted_versions
from shop.domain.parcels.rates import ISLAND_KIND, ShippingQuote, quote_shipping
from shop.domain.parcels.splitting import split_by_producer
from shop.domain.payments.provider import OrderFacts
from shop.domain.vouchers.dividing import Discount
from shop.domain.vouchers.fitting import Goods
from shop.domain.vouchers.judging import Asking, VoucherRefused, discount_for
from shop.oscar_forks.partner.models import Partner

from .basket_reading import BasketLine, read_basket
from .phone_codes import is_first_order


@dataclass(frozen=True)
class ParcelPreview:
    """What one producer would send; without a destination there are no quotes yet."""

    producer: Partner
    lines: tuple[BasketLine, ...]
    quotes: tuple[ShippingQuote, ...]
    chosen: ShippingQuote | None
    discount_vnd: int = 0

    @property
    def goods_vnd(self) -> int:
        return sum(line.total_vnd for line in self.lines if line.can_be_kept)

    @property
    def shipping_vnd(self) -> int:
        return self.chosen.charge_vnd if self.chosen else 0

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + self.shipping_vnd - self.discount_vnd

    @property
    def weight_grams(self) -> int:
        return sum(line.weight_grams for line in self.lines)


@dataclass(frozen=True)
class OrderPreview:
    """A basket as an order to one place."""

    parcels: tuple[ParcelPreview, ...]
    commune: Commune | None
    province: Province | None
    # The pages an order is placed under, by address: the number of the version in force.
    terms: Mapping[str, int] = field(default_factory=dict)
    # What the code on the form takes off, or why it does not.
    discount: Discount | None = None
    voucher_refusal: VoucherRefused | None = None

    @property
    def lines(self) -> list[BasketLine]:
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def goods_vnd(self) -> int:
        return sum(parcel.goods_vnd for parcel in self.parcels)

    @property
    def shipping_vnd(self) -> int:
        return sum(parcel.shipping_vnd for parcel in self.parcels)

    @property
    def tax_vnd(self) -> int:
        return sum(line.tax_vnd for line in self.lines if line.can_be_kept)

    @property
    def discount_vnd(self) -> int:
        return self.discount.total_vnd if self.discount else 0

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + self.shipping_vnd - self.discount_vnd

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def problem_lines(self) -> list[BasketLine]:
        return [line for line in self.lines if line.problem is not None]

    @property
    def has_alcohol(self) -> bool:
        return any(line.listing.product.is_alcohol for line in self.lines)

    @property
    def can_be_ordered(self) -> bool:
        return bool(self.parcels) and not self.problem_lines

    @property
    def hash(self) -> str:
        """A fingerprint of lines, prices, certificates, shipping, terms and discount, as they would stand on the order."""
        parcels = [
            [
                parcel.producer.pk,
                [parcel.chosen.service, parcel.chosen.charge_vnd] if parcel.chosen else None,
                [[line.stock_record.pk, line.quantity, line.unit_vnd, line.listing.certificate_id] for line in parcel.lines],
            ]
            for parcel in self.parcels
        ]
        discount = [[self.discount.voucher.pk, sorted(self.discount.parts.items())]] if self.discount else []
        return hashlib.sha256(json.dumps([parcels, sorted(self.terms.items()), *discount]).encode()).hexdigest()


def preview_order(
    *,
    basket_id: int | None,
    commune_code: str | None = None,
    province_code: str | None = None,
    services: Mapping[int, str] | None = None,
    asking: Asking | None = None,
    today: date,
    is_adult: bool = False,
) -> OrderPreview:
    """Return the basket as parcels to a commune, or to a province while the commune is not chosen yet.

    Without either there are no shipping charges yet; a service that is not offered falls back to the cheapest. A code
    that gives nothing is told with its reason, and the sums are those without it.
    """
    places = places_of_today()
    commune = places.communes.get(commune_code or "")
    province = commune.province if commune else places.provinces.get(province_code or "")
    lines = read_basket(basket_id=basket_id, today=today, is_adult=is_adult)
    split = split_by_producer(items=lines, producer_id=lambda line: line.producer.pk)
    parcels = [_preview_parcel(parcel, commune, province, services or {}, today) for parcel in split.values()]
    discount, refusal = _ask_voucher(asking, lines, today)
    if discount is not None:
        parcels = [replace(parcel, discount_vnd=discount.part_of(parcel.producer.pk)) for parcel in parcels]
    return OrderPreview(
        parcels=tuple(parcels),
        commune=commune,
        province=province,
        terms=accepted_versions(day=today),
        discount=discount,
        voucher_refusal=refusal,
    )


def facts_of(preview: OrderPreview, *, buyer_phone: str, phone_is_confirmed: bool = False) -> OrderFacts:
    """Return what a way to pay decides by; `buyer_phone` in E.164, or empty while there is none."""
    return OrderFacts(
        total_vnd=preview.total_vnd,
        buyer_phone=buyer_phone,
        has_alcohol=preview.has_alcohol,
        is_first_order=bool(buyer_phone) and is_first_order(phone=buyer_phone),
        phone_is_confirmed=phone_is_confirmed,
    )


def _preview_parcel(
    lines: list[BasketLine],
    commune: Commune | None,
    province: Province | None,
    services: Mapping[int, str],
    today: date,
) -> ParcelPreview:
    producer = lines[0].producer
    quotes = _quotes(lines, commune, province, today) if province else []
    wanted = services.get(producer.pk)
    chosen = next((quote for quote in quotes if quote.service == wanted), quotes[0] if quotes else None)
    return ParcelPreview(producer=producer, lines=tuple(lines), quotes=tuple(quotes), chosen=chosen)


def _ask_voucher(asking: Asking | None, lines: list[BasketLine], today: date) -> tuple[Discount | None, VoucherRefused | None]:
    if asking is None or not lines:
        return None, None
    try:
        return discount_for(asking=asking, goods=[_goods(line) for line in lines if line.can_be_kept], today=today), None
    except VoucherRefused as refusal:
        return None, refusal


def _goods(line: BasketLine) -> Goods:
    return Goods(
        product_id=line.stock_record.product_id,
        page_id=line.listing.product_id,
        producer_id=line.producer.pk,
        total_vnd=line.total_vnd,
        is_alcohol=line.listing.product.is_alcohol,
    )


def _quotes(lines: list[BasketLine], commune: Commune | None, province: Province, today: date) -> list[ShippingQuote]:
    profile = lines[0].producer.profile
    return quote_shipping(
        origin=profile.province,
        destination=province,
        is_island=commune is not None and commune.kind == ISLAND_KIND,
        weight_grams=sum(line.weight_grams for line in lines),
        prepares_within_hours=profile.prepares_within_hours,
        today=today,
    )
