"""/don-hang/<number>/<token>/phieu/: an order on paper, or as the PDF a browser prints; what was paid stands on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import EVERYBODY, access
from shop.common.phone import mask_phone
from shop.domain.invoices.models import OrderInvoice
from shop.domain.ordering.deriving import is_without_price
from shop.domain.ordering.queries import parcels_of
from shop.domain.pages.queries import current_operator
from shop.domain.payments.models import Payment
from shop.domain.vouchers.queries import code_of_order
from shop.oscar_forks.order.models import Order
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .private_page import secret_page


@access(roles=EVERYBODY, methods=("GET",), owner="order.link")
@secret_page()
def order_receipt(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Lines by producer, shipping, VAT inside, what was paid and given back."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    context = {"token": token, **receipt_of(order)}
    return render(request, "storefront/checkout/receipt.html", context)


def receipt_of(order: Order) -> dict:
    """What stands on the paper: parcels that come or came, and the money as it is now."""
    payments = list(Payment.objects.filter(order=order))
    paid_vnd = sum(payment.captured_vnd for payment in payments)
    back_vnd = sum(payment.refunded_vnd for payment in payments)
    parcels = [parcel for parcel in parcels_of(order=order) if not is_without_price(parcel=parcel)]
    due_vnd = sum(parcel.total_vnd for parcel in parcels)
    discount_vnd = sum(parcel.discount_vnd for parcel in parcels)
    return {
        "order": order,
        # As on the page of the link: a paper lies about.
        "masked_phone": mask_phone(order.buyer_phone),
        "parcels": parcels,
        "address": order.shipping_address,
        "goods_vnd": sum(parcel.goods_vnd for parcel in parcels),
        "shipping_vnd": sum(parcel.shipping_vnd for parcel in parcels),
        "discount_vnd": discount_vnd,
        "voucher_code": code_of_order(order_id=order.pk) if discount_vnd else "",
        "due_vnd": due_vnd,
        "tax_vnd": sum(line.line_price_incl_tax - line.line_price_excl_tax for parcel in parcels for line in parcel.lines.all()),
        "paid_vnd": paid_vnd,
        "back_vnd": back_vnd,
        "is_paid": bool(parcels) and paid_vnd - back_vnd >= due_vnd,
        "invoice": OrderInvoice.objects.filter(order=order).first(),
        "operator": current_operator(),
    }
