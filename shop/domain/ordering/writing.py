"""Writing a new order down: address, order, payment, parcels and lines, as they were on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.db import IntegrityError, transaction

from shop.common.promises import PARCEL_CONFIRMED_WITHIN_HOURS
from shop.domain.ledger.splitting import freeze_split
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.splitting import number_parcel
from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentProvider
from shop.domain.pricing.resolving import vat_inside
from shop.domain.stock.allocating import record_allocation
from shop.domain.vouchers.using import redeem
from shop.oscar_forks.address.models import Country
from shop.oscar_forks.order.models import Line, Order, ShippingAddress

from .basket_reading import BasketLine
from .invoicing import freeze_invoice
from .links import make_link_seed
from .numbering import make_order_number
from .previewing import OrderPreview, ParcelPreview
from .requesting import OrderRequest

# Carriage is a service at the standard rate.
SHIPPING_VAT_CLASS = "10"
CONFIRM_WITHIN = timedelta(hours=PARCEL_CONFIRMED_WITHIN_HOURS)
COUNTRY = "VN"
TRIES = 5
PARTNER_NAME_LENGTH = 128


class NotReadyToOrder(Exception):
    """A preview without a place, a way to send or a price cannot become an order."""


class NoFreeNumber(Exception):
    """Five random numbers in a row were taken: the source of chance is broken."""


@dataclass(frozen=True)
class Placement:
    """All that an order is written from."""

    basket_id: int
    request: OrderRequest
    preview: OrderPreview
    provider: PaymentProvider
    now: datetime


def write_order(*, placement: Placement) -> Order:
    """Write the order of a preview whose stock is already promised; its lines keep certificate, stars and price."""
    address = _write_address(placement)
    order = _insert_with_free_number(_order_values(placement) | {"shipping_address": address})
    if placement.request.invoice is not None:
        freeze_invoice(order=order, details=placement.request.invoice, now=placement.now)
    Payment.objects.create(
        order=order,
        method=placement.provider.method,
        amount_vnd=placement.preview.total_vnd,
        created_at=placement.now,
    )
    for parcel, preview in _write_parcels(order, placement):
        lines = Line.objects.bulk_create(_order_line(parcel, line) for line in preview.lines)
        record_allocation(lines=lines, now=placement.now)
        _freeze(parcel, lines, placement)
    if placement.preview.discount is not None:
        redeem(discount=placement.preview.discount, order=order, now=placement.now)
    return order


def _freeze(parcel: Parcel, lines: list[Line], placement: Placement) -> None:
    """Write down who gets what, and who bears the discount."""
    discount = placement.preview.discount
    by_producer = discount.borne_by_producer(parcel.producer_id) if discount else 0
    freeze_split(
        parcel=parcel,
        lines=lines,
        producer_discount_vnd=by_producer,
        platform_discount_vnd=parcel.discount_vnd - by_producer,
        now=placement.now,
    )


def _write_address(placement: Placement) -> ShippingAddress:
    commune, request = placement.preview.commune, placement.request
    if commune is None:
        raise NotReadyToOrder(placement.basket_id)
    return ShippingAddress.objects.create(
        first_name=request.buyer_name,
        line1=request.street,
        line4=commune.full_name,
        state=commune.province.name,
        country=_country(),
        commune=commune,
        phone_number=request.buyer_phone,
        notes=request.note,
    )


@cache
def _country() -> Country:
    """Oscar writes its name into the text of every address; it does not change."""
    return Country.objects.get(pk=COUNTRY)


def _order_values(placement: Placement) -> dict[str, object]:
    request, preview = placement.request, placement.preview
    is_prepaid = placement.provider.is_paid_before_packing
    shipping_tax = vat_inside(amount_vnd=preview.shipping_vnd, vat_class=SHIPPING_VAT_CLASS)
    return {
        "site_id": settings.SITE_ID,
        "basket_id": placement.basket_id,
        "user_id": request.user_id,
        "guest_email": request.buyer_email,
        "currency": "VND",
        "total_incl_tax": Decimal(preview.total_vnd),
        "total_excl_tax": Decimal(preview.total_vnd - _tax_paid(preview)) - shipping_tax,
        "shipping_incl_tax": Decimal(preview.shipping_vnd),
        "shipping_excl_tax": Decimal(preview.shipping_vnd) - shipping_tax,
        "status": Order.Status.AWAITING_PAYMENT if is_prepaid else Order.Status.CONFIRMED,
        "date_placed": placement.now,
        "language": request.language,
        "payment_method": placement.provider.method,
        "network_key": request.network_key if is_prepaid else "",
        "hold_until": placement.provider.hold_until(now=placement.now),
        "buyer_name": request.buyer_name,
        "buyer_phone": request.buyer_phone,
        "link_seed": make_link_seed(),
        "accepted_terms": dict(preview.terms),
        "declared_adult_at": placement.now if preview.has_alcohol and request.declares_adult else None,
    }


def _tax_paid(preview: OrderPreview) -> int:
    """The VAT inside what is paid for the goods: a discount takes its part of it along."""
    paid_vnd = preview.goods_vnd - preview.discount_vnd
    return preview.tax_vnd * paid_vnd // preview.goods_vnd if preview.goods_vnd else 0


def _insert_with_free_number(values: dict[str, object]) -> Order:
    for _ in range(TRIES):
        number = make_order_number()
        try:
            with transaction.atomic():
                return Order.objects.create(number=number, **values)
        except IntegrityError:
            # Anything but a repeated number is a broken promise and must be seen.
            if not Order.objects.filter(number=number).exists():
                raise
    raise NoFreeNumber


def _write_parcels(order: Order, placement: Placement) -> Iterator[tuple[Parcel, ParcelPreview]]:
    for position, preview in enumerate(placement.preview.parcels, start=1):
        parcel = _write_parcel(order, number_parcel(order_number=order.number, position=position), preview, placement)
        ParcelEvent.objects.create(parcel=parcel, at=placement.now, actor_id=order.user_id, to_status=parcel.status)
        yield parcel, preview


def _write_parcel(order: Order, number: str, preview: ParcelPreview, placement: Placement) -> Parcel:
    is_prepaid = placement.provider.is_paid_before_packing
    if preview.chosen is None:
        raise NotReadyToOrder(number)
    return Parcel.objects.create(
        number=number,
        order=order,
        producer=preview.producer,
        ship_to=order.shipping_address,
        status=Parcel.Status.PENDING if is_prepaid else Parcel.Status.TO_CONFIRM,
        goods_vnd=preview.goods_vnd,
        shipping_vnd=preview.shipping_vnd,
        discount_vnd=preview.discount_vnd,
        total_vnd=preview.total_vnd,
        weight_grams=preview.weight_grams,
        shipping_service=preview.chosen.service,
        deliver_from=preview.chosen.deliver_from,
        deliver_until=preview.chosen.deliver_until,
        created_at=placement.now,
        confirm_by=None if is_prepaid else placement.now + CONFIRM_WITHIN,
    )


def _order_line(parcel: Parcel, line: BasketLine) -> Line:
    product, page, certificate = line.stock_record.product, line.listing.product, line.listing.certificate
    if line.price is None or certificate is None:
        raise NotReadyToOrder(line.line_id)
    total, tax = Decimal(line.total_vnd), Decimal(line.tax_vnd)
    return Line(
        order=parcel.order,
        parcel=parcel,
        partner=parcel.producer,
        partner_name=parcel.producer.name[:PARTNER_NAME_LENGTH],
        partner_sku=line.stock_record.partner_sku,
        stockrecord=line.stock_record,
        product=product,
        title=line.title,
        title_en=product.title_en or page.title_en,
        upc=product.upc,
        unit=product.unit,
        unit_en=product.unit_en,
        quantity=line.quantity,
        unit_price_incl_tax=line.price.unit_vnd,
        unit_price_excl_tax=line.price.excl_tax_vnd,
        line_price_incl_tax=total,
        line_price_excl_tax=total - tax,
        line_price_before_discounts_incl_tax=total,
        line_price_before_discounts_excl_tax=total - tax,
        tax_code=product.vat_class,
        num_allocated=line.quantity,
        certificate=certificate,
        certificate_code=certificate.code,
        stars=certificate.stars,
    )
