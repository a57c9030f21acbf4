"""An order's papers, in words and in the order in which they are read; drawn by `common.paper`."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.common.paper.document import Document, Party, Sum
from shop.common.paper.drawing import draw_paper
from shop.common.phone import mask_phone
from shop.domain.payments.registry import name_of_method
from shop.oscar_forks.order.models import Order

from .paper_tables import Writer, money_table, parcel_table, vat_table
from .paper_words import METHODS, PAYMENT_STATES, TITLES
from .papers import OrderPaper, Paper, read_paper

SHOP = "Chợ OCOP"


def paper_pdf(*, order: Order, kind: Paper, language: str) -> bytes:
    """Return a paper of an order as a PDF file, in `vi` or `en`. Raises NothingReceived."""
    paper = read_paper(order=order, kind=kind)
    with override(language):
        return draw_paper(_document(paper, Writer(language)))


def _document(paper: OrderPaper, writer: Writer) -> Document:
    tables = [parcel_table(parcel, writer) for parcel in paper.parcels]
    if paper.vat:
        tables.append(vat_table(paper, writer))
    if paper.received:
        tables.append(money_table(paper, writer))
    return Document(
        title=f"{TITLES[paper.kind]} {paper.order.number}",
        language=writer.language,
        issuer=[SHOP, *_operator(paper)],
        facts=list(_facts(paper, writer)),
        parties=list(_parties(paper)),
        tables=tables,
        sums=list(_sums(paper, writer)),
        notes=list(_notes(paper)),
    )


def _operator(paper: OrderPaper) -> Iterator[str]:
    operator = paper.operator
    if operator is not None:
        yield operator.name
        yield operator.address
        if operator.tax_code:
            yield _("MST %(code)s") % {"code": operator.tax_code}


def _facts(paper: OrderPaper, writer: Writer) -> Iterator[str]:
    order = paper.order
    yield _("Đặt lúc %(when)s") % {"when": writer.moment(order.date_placed)}
    payment = paper.received[-1] if paper.received else order.payments.order_by("pk").last()
    if payment is not None:
        method = METHODS.get(order.payment_method) or name_of_method(order.payment_method)
        yield _("Thanh toán: %(method)s, %(state)s") % {"method": method, "state": PAYMENT_STATES[payment.status]}


def _parties(paper: OrderPaper) -> Iterator[Party]:
    order, invoice = paper.order, paper.invoice
    address = order.shipping_address
    where = [address.line1, f"{address.line4}, {address.state}"] if address else []
    # As on the page of the link: a paper lies about.
    yield Party(_("Người nhận"), [order.buyer_name, mask_phone(order.buyer_phone), *where])
    if invoice is not None:
        code = _("MST %(code)s") % {"code": invoice.tax_code}
        yield Party(_("Xuất hoá đơn cho"), [invoice.company_name, code, invoice.address])


def _sums(paper: OrderPaper, writer: Writer) -> Iterator[Sum]:
    yield Sum(_("Tiền hàng"), writer.vnd(paper.goods_vnd))
    yield Sum(_("Phí vận chuyển"), writer.vnd(paper.shipping_vnd))
    if paper.discount_vnd:
        yield Sum(_("Giảm giá"), writer.less(paper.discount_vnd))
    yield Sum(_("Tổng cộng"), writer.vnd(paper.due_vnd), is_total=True)
    yield Sum(_("Đã nhận"), writer.vnd(paper.received_vnd))
    if paper.refunded_vnd:
        yield Sum(_("Đã hoàn"), writer.less(paper.refunded_vnd))


def _notes(paper: OrderPaper) -> Iterator[str]:
    if paper.order.declared_adult_at is not None:
        yield _("Đơn có đồ uống có cồn: người mua đã khai đủ 18 tuổi, chỉ giao cho người từ 18 tuổi.")
    if not paper.parcels:
        yield _("Mọi kiện của đơn này đã bị huỷ hoặc từ chối.")
    yield _("Giá đã gồm thuế. Phiếu này không thay hoá đơn: hoá đơn do từng chủ thể xuất.")
