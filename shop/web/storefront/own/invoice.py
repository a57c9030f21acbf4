"""/tai-khoan/don-hang/<number>/hoa-don/: whom an order's invoices are made out to, until something is packed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import PEOPLE, access
from shop.common import clock
from shop.domain.invoices.details import InvoiceDetails, details_of
from shop.domain.invoices.keeping import buyers_of
from shop.domain.invoices.models import OrderInvoice
from shop.domain.ordering.invoicing import TooLateForInvoice, can_change_invoice, change_invoice
from shop.oscar_forks.order.models import Order
from shop.web.storefront.checkout.invoice_form import InvoiceForm
from shop.web.storefront.checkout.private_page import private_page

from .orders import own_order_or_404

CONFLICT, UNPROCESSABLE = 409, 422


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="order.user")
@private_page
def order_invoice(request: HttpRequest, number: str) -> HttpResponse:
    """Set, correct or take back the buyer of the invoices."""
    order = own_order_or_404(request, number)
    if request.method != "POST":
        return _show(request, order, InvoiceForm(initial=_known(request, order)))
    form = InvoiceForm(request.POST)
    if "remove" in request.POST:
        return _change(request, order, form, None)
    if not form.is_valid():
        return _show(request, order, form, status=UNPROCESSABLE)
    return _change(request, order, form, form.details())


def _change(request: HttpRequest, order: Order, form: InvoiceForm, details: InvoiceDetails | None) -> HttpResponse:
    try:
        change_invoice(order_id=order.pk, details=details, now=clock.now())
    except TooLateForInvoice:
        return _show(request, order, form, status=CONFLICT)
    messages.success(request, _("Đã lưu thông tin hoá đơn.") if details else _("Đã bỏ thông tin hoá đơn."))
    return redirect("storefront:own_order", number=order.number)


def _known(request: HttpRequest, order: Order) -> dict[str, str]:
    """What stands on the order, else the kept buyer that `mau` names, else the default one."""
    present = OrderInvoice.objects.filter(order=order).first()
    if present is not None:
        return details_of(present).as_values()
    kept = buyers_of(user_id=request.user.pk)
    chosen = next((buyer for buyer in kept if str(buyer.pk) == request.GET.get("mau")), kept[0] if kept else None)
    return details_of(chosen).as_values() if chosen else {}


def _show(request: HttpRequest, order: Order, form: InvoiceForm, *, status: int = 200) -> HttpResponse:
    context = {
        "order": order,
        "form": form,
        "can_change": can_change_invoice(order=order),
        "has_invoice": OrderInvoice.objects.filter(order=order).exists(),
        "kept": buyers_of(user_id=request.user.pk),
    }
    return render(request, "account/order_invoice.html", context, status=status)
