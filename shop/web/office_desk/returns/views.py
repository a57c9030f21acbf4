"""/van-phong/tra-hang/: returns that buyer and producer do not agree on; the office decides, for its own place."""

from datetime import datetime
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.access.declare import access
from shop.common import clock
from shop.common.templatetags.shop_format import vnd
from shop.domain.ordering.return_deciding import GoodsAreThere, WrongAmount, decide_return
from shop.domain.ordering.return_moves import ReturnNotOpen
from shop.domain.payments.models import SECOND_PERSON_ABOVE_VND, Refund
from shop.domain.returns.history import tell_history
from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.domain.returns.queries import is_late, loaded, read_photo
from shop.domain.returns.words import PILLS, REASONS, STATES, VERDICTS

from ..pages.country import answers_for_the_country
from ..reach import OFFICE
from ..workplace import desk_context
from .finding import named
from .forms import DecisionForm
from .queue import PILE_NAMES, PILES, Pile, count_piles, readable_returns

ROOM = "returns"
PER_PAGE = 30
CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_TEXT = 64
DAY, HOUR = 86400, 3600
S = ReturnRequest.State
MOVED_ON = gettext_lazy("Việc này đã được quyết định hoặc đã chuyển bước. Trang này đã cập nhật.")


@access(roles=OFFICE)
def return_list(request: HttpRequest) -> HttpResponse:
    """One pile, the most urgent first; by the number of a parcel or an order if wanted."""
    now, words = clock.now(), " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    found = readable_returns(request)
    if words:
        found = found.filter(named(words))
    counts = count_piles(found)
    asked = request.GET.get("xem", "")
    pile = Pile(asked) if asked in set(Pile) else Pile.TO_DECIDE
    order = {Pile.TO_DECIDE: ("decide_by", "pk"), Pile.OPEN: ("answer_by", "pk")}.get(pile, ("-asked_at", "-pk"))
    page = Paginator(loaded(found.filter(PILES[pile])).order_by(*order), PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room=ROOM,
        page=page,
        rows=[_in_words(one, now) for one in page],
        piles=[(each.value, PILE_NAMES[each], counts[each]) for each in Pile],
        pile=pile.value,
        words=words,
    )
    return render(request, "office_desk/returns/list.html", context)


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"], owner="return.province")
def return_page(request: HttpRequest, asked: int) -> HttpResponse:
    """One return with both sides' words and pictures; a decision that cannot be taken keeps what was typed."""
    found = _find(request, asked)
    if request.method != "POST":
        return _show(request, found)
    form = DecisionForm(request.POST, asked=found)
    if not form.is_valid():
        return _show(request, found, form=form, status=UNPROCESSABLE)
    try:
        decide_return(return_id=found.pk, decision=form.decision, actor=request.actor, now=clock.now())
    except WrongAmount as error:
        most = vnd(error.most_vnd)
        form.add_error("amount_vnd", _("Một phần phải nhỏ hơn %(most)s; muốn hoàn hết hãy chọn hoàn toàn bộ.") % {"most": most})
        return _show(request, found, form=form, status=UNPROCESSABLE)
    except (ReturnNotOpen, GoodsAreThere):
        return _show(request, _find(request, asked), form=form, problem=MOVED_ON, status=CONFLICT)
    toasts.success(request, _("Đã quyết định. Người mua và chủ thể được báo tin."))
    return redirect("office_desk:return", asked=found.pk)


@access(roles=OFFICE, owner="return.province")
def return_photo(request: HttpRequest, asked: int, photo: int) -> HttpResponse:
    """One picture of the buyer's, for whoever decides; kept by no cache."""
    found = read_photo(photo_id=photo, among=readable_returns(request).filter(pk=asked))
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/jpeg")


def _find(request: HttpRequest, asked: int) -> ReturnRequest:
    return get_object_or_404(loaded(readable_returns(request)), pk=asked)


def _show(
    request: HttpRequest,
    asked: ReturnRequest,
    *,
    form: DecisionForm | None = None,
    problem: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    refund = Refund.objects.filter(key=f"return:{asked.pk}").first()
    context = desk_context(
        request,
        room=ROOM,
        asked=asked,
        row=_in_words(asked, clock.now()),
        history=tell_history(asked),
        verdict=VERDICTS.get(asked.verdict, ""),
        is_over=asked.state not in OPEN_STATES,
        refund=refund,
        waits_for_second=refund is not None and refund.status == Refund.Status.REQUESTED,
        opens_money=answers_for_the_country(request),
        is_large=asked.amount_vnd > SECOND_PERSON_ABOVE_VND,
        second_person_above_vnd=SECOND_PERSON_ABOVE_VND,
        form=(form or DecisionForm(asked=asked)) if asked.state == S.DISPUTED else None,
        problem=problem,
    )
    return render(request, "office_desk/returns/page.html", context, status=status)


def _in_words(asked: ReturnRequest, now: datetime) -> dict[str, Any]:
    late = is_late(asked=asked, now=now)
    return {
        "asked": asked,
        "producer": asked.parcel.producer.name,
        "goods": ", ".join(f"{back.quantity} × {back.line.name_in('vi')}" for back in asked.lines.all()),
        "reason": REASONS[asked.reason],
        "state": STATES[asked.state],
        "pill": PILLS[asked.state],
        "clock": _clock(asked, now),
        "clock_pill": ("bad", "warn") if late else ("inf", "clock"),
        "amount_vnd": asked.amount_vnd if asked.given_vnd is None else asked.given_vnd,
    }


def _clock(asked: ReturnRequest, now: datetime) -> str:
    if asked.state != S.DISPUTED or asked.decide_by is None:
        return ""
    seconds = int(abs((asked.decide_by - now).total_seconds()))
    number = seconds // DAY
    if number:
        length = ngettext("%(number)s ngày", "%(number)s ngày", number) % {"number": number}
    else:
        number = max(seconds // HOUR, 1)
        length = ngettext("%(number)s giờ", "%(number)s giờ", number) % {"number": number}
    text = _("trễ quyết định %(length)s") if now > asked.decide_by else _("quyết định trong %(length)s")
    return text % {"length": length}
