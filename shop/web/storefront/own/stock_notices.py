"""«Tell me when it is back»: the request, a guest's confirmation, and the link that stops such messages."""

from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from shop.access.declare import EVERYBODY, access
from shop.access.visitor_address import visitor_address
from shop.common import clock
from shop.common.phone import normalise_mobile
from shop.domain.consents.models import ConsentRecord, Purpose
from shop.domain.consents.recording import Circumstances
from shop.domain.consents.wording import wording_of
from shop.domain.wishes.keeping import NotOnDisplay, displayed_product
from shop.domain.wishes.links import NoSuchLink, read_confirmation_link
from shop.domain.wishes.notices import (
    MOST_OF_A_PERSON,
    AlreadyOnSale,
    GuestContact,
    TooManyNotices,
    ask_as_guest,
    ask_as_person,
    confirm_notice,
)
from shop.web.storefront.cards import product_url
from shop.web.storefront.checkout.private_page import HOST_ONLY, private_page, secret_page
from shop.web.storefront.errors import too_many_requests

REQUESTS_PER_HOUR = 20
HOUR = 3600
CONFLICT, UNPROCESSABLE = 409, 422


class GuestForm(forms.Form):
    """One address of a guest: e-mail or mobile phone, and the box that nobody ticks for them."""

    contact = forms.CharField(
        label=gettext_lazy("E-mail hoặc số di động"),
        max_length=254,
        error_messages={"required": gettext_lazy("Cho biết nơi nhận tin báo")},
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    agrees = forms.BooleanField(label="", error_messages={"required": gettext_lazy("Cần bạn đồng ý thì chúng tôi mới được nhắn")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["agrees"].label = wording_of(Purpose.BACK_IN_STOCK).text

    def clean_contact(self) -> GuestContact:
        text = self.cleaned_data["contact"].strip()
        if "@" not in text:
            return GuestContact(phone=normalise_mobile(text))
        try:
            return GuestContact(email=forms.EmailField().clean(text).lower())
        except ValidationError as error:
            raise ValidationError(_("Email chưa đúng, ví dụ ten@example.vn")) from error


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",))
@private_page
def ask(request: HttpRequest, product: int) -> HttpResponse:
    """Ask to be told: one press for an account, an address and a box for a guest."""
    page = _page_of(product)
    try:
        if request.user.is_authenticated:
            return _ask_person(request, product, page)
        return _ask_guest(request, product, page)
    except NotOnDisplay as error:
        raise Http404 from error
    except AlreadyOnSale:
        return redirect(product_url(page))


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="stock_notice.link")
@secret_page(tells=HOST_ONLY)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A guest proves the address by pressing the button: a mail program that opens links confirms nothing."""
    try:
        notice_id = read_confirmation_link(token)
    except NoSuchLink as error:
        raise Http404 from error
    if request.method != "POST":
        return render(request, "storefront/stock_notice_confirm.html", {"is_done": False})
    notice = confirm_notice(notice_id=notice_id, how=_how(request))
    return render(request, "storefront/stock_notice_confirm.html", {"is_done": True, "notice": notice})


def _ask_person(request: HttpRequest, product: int, page: Product) -> HttpResponse:
    context: dict[str, Any] = {"product": page, "url": product_url(page), "text": wording_of(Purpose.BACK_IN_STOCK).text}
    displayed_product(page.pk)
    if request.method == "POST":
        try:
            ask_as_person(product_id=product, user_id=request.user.pk, how=_how(request))
        except TooManyNotices:
            context["remark"] = _("Bạn đang chờ %(most)d sản phẩm rồi. Bỏ bớt trong mục Thông báo.") % {"most": MOST_OF_A_PERSON}
            return render(request, "storefront/stock_notice.html", context, status=CONFLICT)
        context["is_done"] = True
    if request.htmx and request.method == "POST":  # type: ignore[attr-defined]
        return render(request, "storefront/stock_notice_button.html", {"product_id": product, "is_waiting": True})
    return render(request, "storefront/stock_notice.html", context)


def _ask_guest(request: HttpRequest, product: int, page: Product) -> HttpResponse:
    displayed_product(page.pk)
    context: dict[str, Any] = {"product": page, "url": product_url(page), "form": GuestForm()}
    if request.method != "POST":
        return render(request, "storefront/stock_notice.html", context)
    form = context["form"] = GuestForm(request.POST)
    if not form.is_valid():
        return render(request, "storefront/stock_notice.html", context, status=UNPROCESSABLE)
    if _asks_too_often(request):
        return too_many_requests(request)
    ask_as_guest(product_id=product, contact=form.cleaned_data["contact"], how=_how(request))
    return render(request, "storefront/stock_notice.html", context | {"is_sent": True})


def _asks_too_often(request: HttpRequest) -> bool:
    counter = f"stock-notices:{visitor_address(request)}"
    cache.add(counter, 0, HOUR)
    return cache.incr(counter) > REQUESTS_PER_HOUR


def _page_of(product_id: int) -> Product:
    product = Product.objects.select_related("parent").filter(pk=product_id).first()
    if product is None:
        raise Http404
    return product.parent or product


def _how(request: HttpRequest) -> Circumstances:
    match = request.resolver_match
    # By the name of the page where its address is a secret.
    source = match.view_name if match and "token" in match.kwargs else request.path
    channel = ConsentRecord.Channel.MESSAGE_LINK if match and "token" in match.kwargs else ConsentRecord.Channel.WEB
    return Circumstances(now=clock.now(), channel=channel, source=source, language=(get_language() or "vi")[:2])
