"""The tables of an order's papers: a parcel, the VAT inside, money received and given back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.common.dates import format_moment
from shop.common.money import format_vnd
from shop.common.paper.document import Row, Table
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.payments.registry import name_of_method
from shop.oscar_forks.order.models import Line

from .paper_words import METHODS, VAT_CLASSES
from .papers import OrderPaper, VatPart, received_at
from .writing import SHIPPING_VAT_CLASS

LINE_WIDTHS = (0.43, 0.07, 0.15, 0.17, 0.18)
VAT_WIDTHS = (0.4, 0.2, 0.2, 0.2)
MONEY_WIDTHS = (0.5, 0.28, 0.22)


@dataclass(frozen=True)
class Writer:
    """How amounts and moments are written on one paper, in the language that is active."""

    language: str

    def vnd(self, amount_vnd: int) -> str:
        return format_vnd(amount_vnd, self.language)

    def less(self, amount_vnd: int) -> str:
        return f"−{self.vnd(amount_vnd)}"

    def moment(self, at: datetime | None) -> str:
        return format_moment(at, self.language) if at else ""

    def title(self, line: Line) -> str:
        return line.name_in(self.language)


def parcel_table(parcel: Parcel, writer: Writer) -> Table:
    """Lines, carriage and discount of one producer, who is named without an address."""
    profile = parcel.producer.profile
    place = f", {profile.province.local_name}" if profile.province else ""
    rows = [_line(line, writer) for line in parcel.lines.all()]
    if parcel.shipping_vnd:
        rows.append(Row([_("Phí vận chuyển"), "", str(VAT_CLASSES[SHIPPING_VAT_CLASS]), "", writer.vnd(parcel.shipping_vnd)]))
    if parcel.discount_vnd:
        rows.append(Row([_("Giảm giá"), "", "", "", writer.less(parcel.discount_vnd)]))
    return Table(
        caption=f"{parcel.number} · {parcel.producer.name}{place}",
        heading=[_("Sản phẩm"), _("SL"), _("Thuế GTGT"), _("Đơn giá"), _("Thành tiền")],
        rows=rows,
        widths=LINE_WIDTHS,
    )


def vat_table(paper: OrderPaper, writer: Writer) -> Table:
    """What of the prices is VAT, class by class."""
    heading = [_("Loại thuế GTGT"), _("Gồm thuế"), _("Chưa thuế"), _("Tiền thuế")]
    rows = [_vat_row(part, writer) for part in paper.vat]
    return Table(_("Thuế giá trị gia tăng trong giá"), heading, rows, VAT_WIDTHS)


def money_table(paper: OrderPaper, writer: Writer) -> Table:
    """Every amount that came and every one that went back, with its day."""
    received = [_received(payment, paper, writer) for payment in paper.received]
    heading = [_("Khoản tiền"), _("Thời điểm"), _("Số tiền")]
    return Table(_("Tiền đã nhận và đã hoàn"), heading, [*received, *_given_back(paper, writer)], MONEY_WIDTHS)


def _line(line: Line, writer: Writer) -> Row:
    stars = ngettext("OCOP %(stars)d sao", "OCOP %(stars)d sao", line.stars) % {"stars": line.stars} if line.stars else ""
    amounts = (int(line.unit_price_incl_tax), int(line.line_price_before_discounts_incl_tax))
    return Row(
        [writer.title(line), str(line.quantity), str(VAT_CLASSES[line.tax_code]), *map(writer.vnd, amounts)],
        note=" · ".join(part for part in (stars, line.certificate_code) if part),
    )


def _vat_row(part: VatPart, writer: Writer) -> Row:
    amounts = (part.amount_vnd, part.amount_vnd - part.tax_vnd, part.tax_vnd)
    return Row([str(VAT_CLASSES[part.vat_class]), *map(writer.vnd, amounts)])


def _received(payment: Payment, paper: OrderPaper, writer: Writer) -> Row:
    when = writer.moment(received_at(payment, parcels=paper.parcels))
    method = str(METHODS.get(payment.method) or name_of_method(payment.method))
    return Row([method, when, writer.vnd(payment.captured_vnd)], note=payment.provider_ref)


def _given_back(paper: OrderPaper, writer: Writer) -> Iterator[Row]:
    for refund in paper.refunds:
        text = _("Hoàn tiền kiện %(number)s") % {"number": refund.parcel.number} if refund.parcel else _("Hoàn tiền")
        yield Row([text, writer.moment(refund.settled_at), writer.less(refund.amount_vnd)])
