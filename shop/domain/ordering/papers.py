"""What stands on an order's papers: the order itself, and a receipt for money that was really received.

A producer is named by name and province and never by an address: a household sells from where it lives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shop.common.money import split_by_largest_remainder
from shop.domain.invoices.models import OrderInvoice
from shop.domain.pages.models import OperatorRecord
from shop.domain.pages.queries import current_operator
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.pricing.resolving import vat_inside
from shop.oscar_forks.order.models import Order

from .deriving import is_without_price
from .queries import parcels_of
from .writing import SHIPPING_VAT_CLASS


class Paper(StrEnum):
    """The two papers of an order."""

    ORDER = "order"
    RECEIPT = "receipt"


class NothingReceived(Exception):
    """No money came for this order, so nobody can have a receipt for it."""


@dataclass(frozen=True)
class VatPart:
    """What a VAT class has in an order: the amount with its tax, and the tax inside."""

    vat_class: str
    amount_vnd: int
    tax_vnd: int


@dataclass(frozen=True)
class OrderPaper:
    """Everything a paper says, as of now."""

    kind: Paper
    order: Order
    operator: OperatorRecord | None
    invoice: OrderInvoice | None
    parcels: Sequence[Parcel]
    vat: Sequence[VatPart]
    received: Sequence[Payment]
    refunds: Sequence[Refund]

    @property
    def goods_vnd(self) -> int:
        return sum(parcel.goods_vnd for parcel in self.parcels)

    @property
    def shipping_vnd(self) -> int:
        return sum(parcel.shipping_vnd for parcel in self.parcels)

    @property
    def discount_vnd(self) -> int:
        return sum(parcel.discount_vnd for parcel in self.parcels)

    @property
    def due_vnd(self) -> int:
        return sum(parcel.total_vnd for parcel in self.parcels)

    @property
    def received_vnd(self) -> int:
        return sum(payment.captured_vnd for payment in self.received)

    @property
    def refunded_vnd(self) -> int:
        return sum(payment.refunded_vnd for payment in self.received)


def read_paper(*, order: Order, kind: Paper) -> OrderPaper:
    """Return a paper of an order. Raises NothingReceived for a receipt of no money."""
    received = list(Payment.objects.filter(order=order, captured_vnd__gt=0).order_by("pk"))
    if kind == Paper.RECEIPT and not received:
        raise NothingReceived(order.number)
    parcels = [parcel for parcel in parcels_of(order=order) if not is_without_price(parcel=parcel)]
    back = Refund.objects.filter(order=order, status=Refund.Status.SUCCEEDED)
    return OrderPaper(
        kind=kind,
        order=order,
        operator=current_operator(),
        invoice=OrderInvoice.objects.filter(order=order).first(),
        parcels=parcels,
        vat=_vat_of(parcels),
        received=received,
        refunds=list(back.select_related("parcel").order_by("pk")),
    )


def received_at(payment: Payment, *, parcels: Sequence[Parcel]) -> datetime | None:
    """Return when the money of a payment came; cash comes with the parcels, and the last of them counts."""
    delivered = [parcel.delivered_at for parcel in parcels if parcel.delivered_at]
    return payment.succeeded_at or max(delivered, default=None)


def _vat_of(parcels: Sequence[Parcel]) -> list[VatPart]:
    parts: dict[str, VatPart] = {}
    for vat_class, amount_vnd in (charge for parcel in parcels for charge in _charges(parcel)):
        tax_vnd = int(vat_inside(amount_vnd=amount_vnd, vat_class=vat_class))
        before = parts.get(vat_class, VatPart(vat_class, 0, 0))
        parts[vat_class] = VatPart(vat_class, before.amount_vnd + amount_vnd, before.tax_vnd + tax_vnd)
    return [parts[vat_class] for vat_class in sorted(parts)]


def _charges(parcel: Parcel) -> Iterator[tuple[str, int]]:
    """What a parcel's buyer pays by VAT class: lines less their part of the discount, and carriage."""
    lines = list(parcel.lines.all())
    totals = [int(line.line_price_before_discounts_incl_tax) for line in lines]
    discounts = split_by_largest_remainder(parcel.discount_vnd, totals)
    for line, total, discount in zip(lines, totals, discounts, strict=True):
        yield line.tax_code, total - int(discount)
    if parcel.shipping_vnd:
        yield SHIPPING_VAT_CLASS, parcel.shipping_vnd
