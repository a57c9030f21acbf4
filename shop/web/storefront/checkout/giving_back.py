"""/don-hang/<number>/<token>/tra-hang/<parcel>/: the buyer asks to send goods back, and follows what becomes of it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import EVERYBODY, access
from shop.access.visitor_address import visitor_address
from shop.common import clock
from shop.common.templatetags.shop_format import page_language
from shop.domain.ordering import returning
from shop.domain.ordering.refund_accounts import account_of_order, wants_account
from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.domain.returns.queries import read_photo, returns_of
from shop.domain.returns.reckoning import is_returnable, returnable_units
from shop.oscar_forks.order.models import Order
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .parcel_story import ParcelStory, tell_parcels
from .photo_limit import PHOTOS_OF_ADDRESS, PHOTOS_OF_ORDER, TOO_MANY_PHOTOS, is_one_too_many
from .private_page import HOST_ONLY, secret_page
from .return_form import LONGEST_WORDS, ReturnForm
from .return_showing import show_return
from .tracking import acting_buyer

CONFLICT, UNPROCESSABLE, TOO_MANY_REQUESTS = 409, 422, 429
S = ReturnRequest.State
TOO_LATE = _("Không làm được nữa: yêu cầu đã chuyển bước hoặc đã quá hạn trả hàng. Trang này đã cập nhật.")
# Each act on a request: under which name the domain takes the words (None: it takes none), the call, what is missing.
ACTS: dict[str, tuple[str | None, Callable[..., Any], str | Promise]] = {
    "withdraw": (None, returning.withdraw_return, ""),
    "sent": ("tracking_number", returning.send_back, _("Hãy ghi mã vận đơn gửi trả.")),
    "answer": ("words", returning.answer_refusal, _("Hãy viết câu trả lời cho chủ thể.")),
    "dispute": ("dispute", returning.dispute_return, _("Hãy viết vì sao bạn không đồng ý.")),
}


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def give_back(request: HttpRequest, number: str, token: str, parcel: int) -> HttpResponse:
    """Show the form and the requests that are there; take the next step with the one that is open."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    page = _Page(request, order, token, _story_or_404(order, parcel))
    if request.method != "POST":
        return page.show()
    try:
        refused = page.ask() if request.POST.get("act", "ask") == "ask" else page.take_step()
    except (returning.NotReturnable, returning.ReturnNotOpen):
        return page.show(remark=TOO_LATE, status=CONFLICT)
    return refused or HttpResponseRedirect(reverse("storefront:give_back", args=[number, token, parcel]), status=303)


@access(roles=EVERYBODY, methods=("GET",), owner="order.link")
@secret_page()
def return_photo(request: HttpRequest, number: str, token: str, photo: int) -> HttpResponse:
    """One of the buyer's own pictures; kept by no cache, shown by nobody else's page."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    found = read_photo(photo_id=photo, among=ReturnRequest.objects.filter(parcel__order=order))
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/jpeg")


def _story_or_404(order: Order, parcel: int) -> ParcelStory:
    story = next((story for story in tell_parcels(order) if story.parcel.pk == parcel), None)
    if story is None:
        raise Http404
    return story


class _Page:
    """The page of one parcel's returns, while it is answered."""

    def __init__(self, request: HttpRequest, order: Order, token: str, story: ParcelStory) -> None:
        self.request, self.order, self.token, self.story = request, order, token, story
        self.now = clock.now()
        self.who = {"actor": acting_buyer(request, order), "now": self.now}

    def ask(self) -> HttpResponse | None:
        if self._sent_too_many_photos():
            # Before any of them is decoded: that is what costs.
            form = ReturnForm(self.request.POST, lines=self._lines())
            form.add_error("photos", TOO_MANY_PHOTOS)
            return self.show(form=form, status=TOO_MANY_REQUESTS)
        form = ReturnForm(self.request.POST, self.request.FILES, lines=self._lines())
        if not form.is_valid():
            return self.show(form=form, status=UNPROCESSABLE)
        wanted = form.wanted()
        try:
            returning.ask_return(
                parcel_id=self.story.parcel.pk, form_key=form.cleaned_data["form_key"], wanted=wanted, **self.who
            )
        except returning.WrongUnits:
            form.add_error(None, _("Chọn ít nhất một đơn vị, không nhiều hơn số bạn đã mua và chưa trả."))
            return self.show(form=form, status=UNPROCESSABLE)
        return None

    def _sent_too_many_photos(self) -> bool:
        """Counted for the order and for where the pictures come from; a form without any is never one too many."""
        photos = len(self.request.FILES.getlist("photos"))
        if not photos:
            return False
        of_order = is_one_too_many(f"order:{self.order.pk}", photos, most=PHOTOS_OF_ORDER)
        return is_one_too_many(f"address:{visitor_address(self.request)}", photos, most=PHOTOS_OF_ADDRESS) or of_order

    def take_step(self) -> HttpResponse | None:
        name = self.request.POST.get("act", "")
        latest = returns_of(parcel_id=self.story.parcel.pk).first()
        if latest is None or name not in ACTS:
            raise Http404
        argument, act, missing = ACTS[name]
        words = self.request.POST.get("words", "").replace("\x00", "").strip()[:LONGEST_WORDS]
        if argument is not None and not words:
            return self.show(missing=(name, missing), status=UNPROCESSABLE)
        act(return_id=latest.pk, **({argument: words} if argument else {}), **self.who)
        return None

    def show(
        self,
        *,
        form: ReturnForm | None = None,
        remark: str | Promise = "",
        missing: tuple[str, str | Promise] = ("", ""),
        status: int = 200,
    ) -> HttpResponse:
        requests = list(returns_of(parcel_id=self.story.parcel.pk))
        context = {
            "order": self.order,
            "token": self.token,
            "story": self.story,
            "returns": [show_return(asked, now=self.now) for asked in requests],
            "form": form or self._blank(requests),
            "remark": remark,
            "missing_act": missing[0],
            "missing": missing[1],
            "typed": self.request.POST.get("words", ""),
            "account": account_of_order(order_id=self.order.pk),
            "wants_account": bool(requests) and wants_account(order=self.order),
        }
        return render(self.request, "storefront/checkout/give_back.html", context, status=status)

    def _blank(self, requests: list[ReturnRequest]) -> ReturnForm | None:
        is_open = any(asked.state in OPEN_STATES for asked in requests)
        lines = self._lines()
        if is_open or not is_returnable(parcel=self.story.parcel, now=self.now) or not any(units for *_, units in lines):
            return None
        asked = self.request.GET.get("dong", "")
        chosen = int(asked) if asked.isdecimal() and len(asked) < 19 else None  # noqa: PLR2004 -- a bigint
        return ReturnForm(initial={"form_key": uuid4()}, lines=lines, chosen=chosen)

    def _lines(self) -> list[tuple[int, str, int]]:
        free = returnable_units(parcel=self.story.parcel)
        return [(item.line.pk, item.line.name_in(page_language()), free.get(item.line.pk, 0)) for item in self.story.lines]
