"""/thanh-toan/: the whole order on one page; nothing typed is ever lost, and pressing twice orders once."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.access.visitor_address import visitor_address
from shop.common import clock
from shop.domain.invoices.keeping import TooManyBuyers, buyers_of, keep_buyer
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.locking import ShopBusy
from shop.domain.ordering.placing import AccountClosed, AgeNotDeclared, BasketClosed, PreviewChanged, place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.unpaid_holds import TooManyUnpaid, network_key_of
from shop.domain.payments.provider import PaymentRefusal, PaymentRefused
from shop.domain.people.address_book import addresses_of, keep_address
from shop.domain.vouchers.judging import Refusal, VoucherRefused
from shop.oscar_forks.order.models import Order

from .attempt import Ticket, new_ticket, read_ticket
from .draft import Draft, draft_of, read_draft, take_address
from .form import CheckoutForm
from .phone_code import send_code
from .private_page import private_page
from .showing import form_page, phone_of
from .voucher import asking_of, count_wrong, is_as_shown, refusal_words, show_voucher
from .words import PAYMENT_REFUSALS, too_many_unpaid

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="basket")
@private_page
def index(request: HttpRequest) -> HttpResponse:
    """Show the form, refresh it while the buyer chooses, or place the order."""
    if request.method != "POST":
        return _begin(request)
    ticket = read_ticket(request)
    # In this order: a basket read as closed was closed by a commit that also wrote its order, so the order is seen next.
    can_order = ticket is not None and ticket.is_open
    ordered = Order.objects.filter(basket_id=ticket.basket_id).first() if ticket else None
    if ordered is not None:
        return to_thanks(ordered)
    draft = read_draft(request.POST)
    if ticket is None or not can_order:
        return _begin_again(request, draft)
    if request.POST.get("action", "place") != "place" or not is_as_shown(request, draft):
        return _choose(request, ticket, draft)
    return _place(request, ticket, draft)


def to_thanks(order: Order) -> HttpResponse:
    """Lead to the page of a placed order: the same address whenever and however often it is asked for."""
    path = reverse("checkout:thank-you", args=[order.number, tracking_token(order)])
    response = HttpResponseRedirect(path, status=303)
    response.headers["X-Order-Number"] = order.number
    return response


def _begin(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request.user if request.user.is_authenticated else None)
    if request.basket.pk is None:
        return redirect("basket:summary")
    return _show(request, request.basket.pk, draft, _form(request, draft))


def _begin_again(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The form was made for a basket that went away, as when its guest logged in: keep what was typed, show today's."""
    if request.basket.pk is None:
        return redirect("basket:summary")
    remark = _("Giỏ hàng đã đổi từ khi mở trang này. Xem lại rồi bấm đặt hàng.")
    return _show(request, request.basket.pk, draft, _form(request, draft), status=CONFLICT, remark=remark)


def _choose(request: HttpRequest, ticket: Ticket, draft: Draft) -> HttpResponse:
    """Show the form anew after a choice, or because the code that is typed is not the one the sums were with."""
    action = request.POST.get("action", "place")
    remark = ""
    if action == "place":
        remark = _("Đơn chưa được ghi. Xem lại mã giảm giá và tổng tiền, rồi bấm đặt hàng.")
    elif action == "address":
        draft = take_address(draft, request)
    elif action == "send_code":
        remark = send_code(request, basket_id=ticket.basket_id, phone=draft.values["phone"])
    elif action == "drop_voucher":
        draft.values["voucher"] = ""
    status = CONFLICT if action == "place" else OK
    return _show(request, ticket.basket_id, draft, _form(request, draft), status=status, remark=remark)


def _place(request: HttpRequest, ticket: Ticket, draft: Draft) -> HttpResponse:
    form = CheckoutForm(draft.values, **_known(request, draft))
    if not form.is_valid():
        return _show(request, ticket.basket_id, draft, form, status=UNPROCESSABLE)
    wanted = form.request_for(
        user_id=request.user.pk if request.user.is_authenticated else None,
        services=draft.services,
        network_key=network_key_of(address=visitor_address(request)),
    )
    try:
        placed = place_order(
            attempt_key=ticket.key,
            basket_id=ticket.basket_id,
            request=wanted,
            preview_hash=request.POST.get("preview", ""),
            now=clock.now(),
        )
    except PreviewChanged:
        return _show(request, ticket.basket_id, draft, form, status=CONFLICT, remark=_changed_words(request))
    except (AgeNotDeclared, VoucherRefused, PaymentRefused, TooManyUnpaid) as error:
        form.add_error(*_why_refused(error, draft))
        status = CONFLICT if isinstance(error, VoucherRefused) else UNPROCESSABLE
        return _show(request, ticket.basket_id, draft, form, status=status)
    except ShopBusy:
        remark = _("Nhiều người đang đặt cùng lúc. Đơn chưa được ghi, bạn bấm lại sau ít giây.")
        return _show(request, ticket.basket_id, draft, form, status=CONFLICT, remark=remark)
    except BasketClosed as error:
        query = "?loi=account" if isinstance(error, AccountClosed) else ""
        return redirect(reverse("basket:summary") + query)
    _keep_for_next_time(request, form)
    return to_thanks(placed.order)


def _why_refused(error: AgeNotDeclared | VoucherRefused | PaymentRefused | TooManyUnpaid, draft: Draft) -> tuple[str, str]:
    """Beside which field, and in which words."""
    if isinstance(error, AgeNotDeclared):
        return "adult", _("Đơn có đồ uống có cồn: đánh dấu rằng bạn đã đủ 18 tuổi, hoặc bỏ sản phẩm ấy khỏi giỏ. Chưa đặt gì.")
    if isinstance(error, VoucherRefused):
        return "phone_code" if error.refusal == Refusal.PHONE_UNCONFIRMED else "voucher", refusal_words(error)
    if isinstance(error, TooManyUnpaid):
        return "payment", too_many_unpaid()
    if error.refusal == PaymentRefusal.PHONE_UNCONFIRMED and draft.values["phone_code"]:
        return "phone_code", _("Mã chưa đúng hoặc đã hết hạn. Xem lại tin nhắn, hoặc bấm «Gửi mã» để lấy mã mới.")
    return "payment", str(PAYMENT_REFUSALS[error.refusal])


def _form(request: HttpRequest, draft: Draft) -> CheckoutForm:
    """The form of somebody who is still choosing."""
    return CheckoutForm(initial=draft.values, **_known(request, draft))


def _known(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What a form is made with besides its values: choices of the place, and what the account keeps."""
    is_known = request.user.is_authenticated
    buyers = buyers_of(user_id=request.user.pk) if is_known else []
    return {"communes": draft.place.communes, "may_save_address": is_known, "kept_buyers": buyers}


def _keep_for_next_time(request: HttpRequest, form: CheckoutForm) -> None:
    """What the buyer ticked goes into the account; the order stands whatever becomes of it."""
    if form.cleaned_data.get("save_address"):
        keep_address(user_id=request.user.pk, entry=form.address_entry())
    details = form.invoice_details()
    if form.cleaned_data.get("save_invoice") and details is not None:
        with suppress(TooManyBuyers):
            keep_buyer(user_id=request.user.pk, details=details, now=clock.now())


def _changed_words(request: HttpRequest) -> str:
    if not request.POST.get("commune"):
        return _("Đây là phí giao và tổng tiền đến nơi bạn chọn. Xem lại rồi bấm đặt hàng.")
    return _("Giá, phí giao, hàng còn lại hoặc quy chế vừa thay đổi. Xem lại rồi bấm đặt hàng lần nữa.")


def _show(
    request: HttpRequest, basket_id: int, draft: Draft, form: CheckoutForm, *, status: int = 200, remark: str = ""
) -> HttpResponse:
    phone = phone_of(draft)
    preview = preview_order(
        basket_id=basket_id,
        commune_code=draft.values["commune"] or None,
        province_code=draft.values["province"] or None,
        services=draft.services,
        asking=asking_of(request, draft, phone=phone),
        today=clock.today(),
        # The form itself asks for the age, and placing looks at the answer.
        is_adult=True,
    )
    if not preview.parcels:
        return redirect("basket:summary")
    voucher = show_voucher(request, draft, preview)
    count_wrong(request, draft, preview.voucher_refusal)
    book = addresses_of(user_id=request.user.pk) if request.user.is_authenticated else ()
    context = form_page(preview, draft, form, voucher=voucher, remark=remark, user_id=request.user.pk) | {
        "ticket": new_ticket(basket_id).text,
        "book": book,
    }
    return render(request, "storefront/checkout/checkout.html", context, status=status)
