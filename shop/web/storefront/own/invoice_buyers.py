"""/tai-khoan/hoa-don/: the invoice buyers an account keeps."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import PEOPLE, access
from shop.common import clock
from shop.domain.invoices.details import InvoiceDetails, details_of
from shop.domain.invoices.keeping import (
    MOST_BUYERS,
    TaxCodeTaken,
    TooManyBuyers,
    buyers_of,
    change_buyer,
    drop_buyer,
    keep_buyer,
    prefer_buyer,
)
from shop.domain.invoices.models import InvoiceBuyer
from shop.web.storefront.checkout.invoice_form import InvoiceForm
from shop.web.storefront.checkout.private_page import private_page

UNPROCESSABLE = 422


@access(roles=PEOPLE)
@private_page
def buyer_list(request: HttpRequest) -> HttpResponse:
    """Show what is kept, the default first."""
    kept = buyers_of(user_id=request.user.pk)
    return render(request, "account/invoice_buyers.html", {"buyers": kept, "is_full": len(kept) >= MOST_BUYERS})


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
@private_page
def add_buyer(request: HttpRequest) -> HttpResponse:
    """Keep one more; a tax code that is kept already is brought up to date."""
    return _ask(request, None)


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="invoice_buyer.user")
@private_page
def edit_buyer(request: HttpRequest, buyer: int) -> HttpResponse:
    """Correct one; orders keep what was frozen."""
    return _ask(request, _own(request, buyer))


@access(roles=PEOPLE, methods=("POST",), writes=("POST",), owner="invoice_buyer.user")
def delete_buyer(request: HttpRequest, buyer: int) -> HttpResponse:
    """Forget one."""
    drop_buyer(user_id=request.user.pk, buyer_id=_own(request, buyer).pk)
    messages.success(request, _("Đã xoá thông tin hoá đơn."))
    return redirect("storefront:invoice_buyers")


@access(roles=PEOPLE, methods=("POST",), writes=("POST",), owner="invoice_buyer.user")
def choose_buyer(request: HttpRequest, buyer: int) -> HttpResponse:
    """Offer this one first from now on."""
    prefer_buyer(user_id=request.user.pk, buyer_id=_own(request, buyer).pk)
    return redirect("storefront:invoice_buyers")


def _own(request: HttpRequest, pk: int) -> InvoiceBuyer:
    found = next((buyer for buyer in buyers_of(user_id=request.user.pk) if buyer.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _ask(request: HttpRequest, buyer: InvoiceBuyer | None) -> HttpResponse:
    if request.method != "POST":
        form = InvoiceForm(initial=details_of(buyer).as_values() if buyer else {})
        return render(request, "account/invoice_buyer_form.html", {"form": form, "buyer": buyer})
    form = InvoiceForm(request.POST)
    if form.is_valid() and _save(request, form, buyer):
        messages.success(request, _("Đã lưu thông tin hoá đơn."))
        return redirect("storefront:invoice_buyers")
    return render(request, "account/invoice_buyer_form.html", {"form": form, "buyer": buyer}, status=UNPROCESSABLE)


def _save(request: HttpRequest, form: InvoiceForm, buyer: InvoiceBuyer | None) -> bool:
    details: InvoiceDetails = form.details()
    try:
        if buyer is None:
            keep_buyer(user_id=request.user.pk, details=details, now=clock.now())
        else:
            change_buyer(user_id=request.user.pk, buyer_id=buyer.pk, details=details)
    except TaxCodeTaken:
        form.add_error("tax_code", _("Mã số thuế này đã được lưu ở mục khác."))
        return False
    except TooManyBuyers:
        form.add_error(None, _("Đã đủ %(most)d mục: hãy xoá bớt.") % {"most": MOST_BUYERS})
        return False
    return True
