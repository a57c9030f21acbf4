"""What a producer needs to issue e-invoices (Decree 254/2026) for what was delivered: buyer, goods, VAT, line by line.

The producer is the seller and issues the invoice; the shop hands over what it froze when the order was placed.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from shop.common.clock import SHOP_TIME_ZONE
from shop.common.money import split_by_largest_remainder
from shop.domain.audit_log.recording import record
from shop.domain.invoices.models import OrderInvoice
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import Actor
from shop.domain.pricing.resolving import VAT_PERCENT, vat_inside
from shop.domain.producers.standing import subject_of
from shop.oscar_forks.order.models import Line
from shop.oscar_forks.partner.models import Partner

from .models import Entry
from .reversing import REVERSED

S = Parcel.Status
# In Vietnamese on every page: the sheet goes into the tax office's forms.
COLUMNS = (
    "Mã đơn",
    "Mã kiện",
    "Ngày giao",
    "Tên người mua",
    "Mã số thuế",
    "Địa chỉ",
    "E-mail nhận hoá đơn",
    "Tên hàng hoá, dịch vụ",
    "Đơn vị tính",
    "Số lượng",
    "Thành tiền gồm thuế GTGT",
    "Loại thuế GTGT",
    "Thuế suất, %",
    "Thành tiền chưa thuế",
    "Tiền thuế GTGT",
    "Đã hoàn cho khách (cả kiện)",
)
NO_INVOICE_WANTED = "Người mua không lấy hoá đơn"
CARRIAGE = "Vận chuyển"
# Carriage is a service at the standard rate (`ordering.writing`).
CARRIAGE_VAT_CLASS = "10"


def export_invoices(
    *, parcels: QuerySet[Parcel], first_day: date, last_day: date, producer: Partner, actor: Actor, now: datetime
) -> list[Sequence[object]]:
    """Return the rows of these days and write down who took them, for they name buyers."""
    rows = list(invoice_rows(parcels=parcels, first_day=first_day, last_day=last_day))
    record(
        actor=actor,
        action="invoices.exported",
        subject=subject_of(producer.profile),
        now=now,
        rows=len(rows) - 1,
        month=f"{first_day:%Y-%m}",
    )
    return rows


def invoice_rows(*, parcels: QuerySet[Parcel], first_day: date, last_day: date) -> Iterator[Sequence[object]]:
    """A heading, then one row per line and one per charge of carriage of the parcels delivered on these days."""
    yield COLUMNS
    delivered = list(_delivered(parcels, first_day, last_day))
    buyers = OrderInvoice.objects.in_bulk([parcel.order_id for parcel in delivered])
    given_back = _given_back([parcel.pk for parcel in delivered])
    for parcel in delivered:
        head = _head(parcel, buyers.get(parcel.order_id))
        for number, row in enumerate(_goods(parcel)):
            # Once per parcel, so that the column can be summed.
            yield (*head, *row, given_back.get(parcel.pk, 0) if number == 0 else 0)


def _delivered(parcels: QuerySet[Parcel], first_day: date, last_day: date) -> QuerySet[Parcel]:
    return (
        parcels.filter(
            status__in=[S.DELIVERED, S.CLOSED, S.RETURNING, S.RETURNED],
            delivered_at__gte=_midnight(first_day),
            delivered_at__lt=_midnight(last_day + timedelta(days=1)),
        )
        .select_related("order", "split")
        .prefetch_related("lines")
        .order_by("delivered_at", "pk")
    )


def _given_back(parcel_ids: list[int]) -> dict[int, int]:
    found = Entry.objects.filter(REVERSED, parcel__in=parcel_ids).order_by().values_list("parcel")
    return {parcel_id: -amount for parcel_id, amount in found.annotate(amount=Sum("amount_vnd"))}


def _head(parcel: Parcel, buyer: OrderInvoice | None) -> tuple[object, ...]:
    delivered_on = timezone.localtime(parcel.delivered_at, SHOP_TIME_ZONE).date()
    who = (buyer.company_name, buyer.tax_code, buyer.address, buyer.email) if buyer else (NO_INVOICE_WANTED, "", "", "")
    return (parcel.order.number, parcel.number, delivered_on, *who)


def _goods(parcel: Parcel) -> Iterator[tuple[object, ...]]:
    """Lines less the producer's own discount; what the shop gave away itself is the shop's, the goods cost the same."""
    lines = sorted(parcel.lines.all(), key=lambda line: line.pk)
    totals = [int(line.line_price_before_discounts_incl_tax) for line in lines]
    discounts = split_by_largest_remainder(parcel.split.producer_discount_vnd, totals)
    for line, total, discount in zip(lines, totals, discounts, strict=True):
        yield _row(_name(line), line.unit, line.quantity, total - int(discount), line.tax_code)
    if parcel.shipping_vnd:
        yield _row(CARRIAGE, "lần", 1, parcel.shipping_vnd, CARRIAGE_VAT_CLASS)


def _row(name: str, unit: str, quantity: int, amount_vnd: int, vat_class: str) -> tuple[object, ...]:
    tax = int(vat_inside(amount_vnd=amount_vnd, vat_class=vat_class))
    return (name, unit, quantity, amount_vnd, vat_class, VAT_PERCENT[vat_class], amount_vnd - tax, tax)


def _name(line: Line) -> str:
    return f"{line.title}, {line.unit}" if line.unit else line.title


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHOP_TIME_ZONE)
