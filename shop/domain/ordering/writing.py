"""Writing a new order down: address, order, payment, parcels and lines, as they were on the page."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction

from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.splitting import number_parcel
from shop.domain.payments.provider import PaymentProvider
from shop.domain.pricing.resolving import vat_inside
from shop.domain.stock.allocating import record_allocation
from shop.oscar_forks.order.models import Line, Order, ShippingAddress

from .basket_reading import BasketLine
from .links import make_link_seed
from .numbering import make_order_number
from .previewing import OrderPreview, ParcelPreview
from .requesting import OrderRequest

# Shipping is a service at the standard rate.
SHIPPING_VAT_CLASS = "10"
CONFIRM_WITHIN = timedelta(hours=48)
COUNTRY = "VN"
TRIES = 5


def write_order(
    *, basket_id: int, request: OrderRequest, preview: OrderPreview, provider: PaymentProvider, now: datetime
) -> Order:
    """Write the order of a preview whose stock is already promised; its lines keep certificate, stars and price."""
    address = _write_address(request, preview)
    order = _insert_with_free_number(_order_values(basket_id, request, preview, provider, address, now))
    provider.open_payment(order_id=order.pk, amount_vnd=preview.total_vnd, now=now)
    for position, parcel_preview in enumerate(preview.parcels, start=1):
        parcel = _write_parcel(order, address, position, parcel_preview, provider, now)
        lines = Line.objects.bulk_create(_order_line(order, parcel, line) for line in parcel_preview.lines)
        record_allocation(lines=lines, now=now)
    return order


def _write_address(request: OrderRequest, preview: OrderPreview) -> ShippingAddress:
    commune = preview.commune
    return ShippingAddress.objects.create(
        first_name=request.buyer_name,
        line1=request.street,
        line4=commune.full_name,
        state=commune.province.name,
        country_id=COUNTRY,
        commune=commune,
        phone_number=request.buyer_phone,
        notes=request.note,
    )


def _order_values(
    basket_id: int,
    request: OrderRequest,
    preview: OrderPreview,
    provider: PaymentProvider,
    address: ShippingAddress,
    now: datetime,
) -> dict[str, object]:
    shipping_tax = vat_inside(amount_vnd=preview.shipping_vnd, vat_class=SHIPPING_VAT_CLASS)
    return {
        "site_id": settings.SITE_ID,
        "basket_id": basket_id,
        "user_id": request.user_id,
        "guest_email": request.buyer_email,
        "currency": "VND",
        "total_incl_tax": Decimal(preview.total_vnd),
        "total_excl_tax": Decimal(preview.total_vnd - preview.tax_vnd) - shipping_tax,
        "shipping_incl_tax": Decimal(preview.shipping_vnd),
        "shipping_excl_tax": Decimal(preview.shipping_vnd) - shipping_tax,
        "shipping_address": address,
        "status": Order.Status.AWAITING_PAYMENT if provider.is_paid_before_packing else Order.Status.CONFIRMED,
        "date_placed": now,
        "language": request.language,
        "payment_method": provider.method,
        "buyer_name": request.buyer_name,
        "buyer_phone": request.buyer_phone,
        "link_seed": make_link_seed(),
    }


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


class NoFreeNumber(Exception):
    """Five random numbers in a row were taken: the source of chance is broken."""


def _write_parcel(
    order: Order,
    address: ShippingAddress,
    position: int,
    preview: ParcelPreview,
    provider: PaymentProvider,
    now: datetime,
) -> Parcel:
    parcel = Parcel.objects.create(
        number=number_parcel(order_number=order.number, position=position),
        order=order,
        producer=preview.producer,
        ship_to=address,
        status=Parcel.Status.PENDING if provider.is_paid_before_packing else Parcel.Status.TO_CONFIRM,
        goods_vnd=preview.goods_vnd,
        shipping_vnd=preview.shipping_vnd,
        total_vnd=preview.goods_vnd + preview.shipping_vnd,
        weight_grams=preview.weight_grams,
        shipping_service=preview.chosen.service,
        deliver_from=preview.chosen.deliver_from,
        deliver_until=preview.chosen.deliver_until,
        created_at=now,
        confirm_by=None if provider.is_paid_before_packing else now + CONFIRM_WITHIN,
    )
    ParcelEvent.objects.create(parcel=parcel, at=now, actor_id=order.user_id, to_status=parcel.status)
    return parcel


def _order_line(order: Order, parcel: Parcel, line: BasketLine) -> Line:
    product = line.stock_record.product
    parent = line.listing.product
    certificate = line.listing.certificate
    total, tax = Decimal(line.total_vnd), Decimal(line.tax_vnd)
    return Line(
        order=order,
        parcel=parcel,
        partner=parcel.producer,
        partner_name=parcel.producer.name[:128],
        partner_sku=line.stock_record.partner_sku,
        stockrecord=line.stock_record,
        product=product,
        title=line.title,
        title_en=product.title_en or parent.title_en,
        upc=product.upc,
        unit=product.unit,
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
