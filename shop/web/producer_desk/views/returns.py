"""/ban-hang/tra-hang/: goods that buyers want to send back, each with its clock, pictures and the next step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.ordering import returning
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.returns.history import tell_history
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.queries import loaded, read_photo
from shop.domain.returns.words import VERDICTS

from .. import roles
from ..headings import BUSY
from ..return_forms import ContestReturnForm, ReceiveReturnForm, RefuseReturnForm
from ..return_rows import HEAP_NAMES, HEAPS, Heap, count_heaps, return_row, return_rows
from ..workplace import desk_context, workplace_of

PER_PAGE = 20
INVALID, CONFLICT, BUSY_NOW = 422, 409, 503
S = ReturnRequest.State
MOVED_ON = _("Không làm được nữa: việc trả hàng đã chuyển bước trong lúc bạn xem. Trang này đã cập nhật.")
Acts = dict[str, tuple[type[Form], Callable[[ReturnRequest, Any, dict[str, Any]], Any], str | Promise]]


def _accept(asked: ReturnRequest, _form: Form, who: dict[str, Any]) -> None:
    returning.accept_return(return_id=asked.pk, **who)


def _refuse(asked: ReturnRequest, form: Form, who: dict[str, Any]) -> None:
    returning.refuse_return(return_id=asked.pk, refusal=form.cleaned_data["words"], **who)


def _receive(asked: ReturnRequest, form: ReceiveReturnForm, who: dict[str, Any]) -> None:
    returning.receive_return(return_id=asked.pk, restocked=form.restocked, **who)


def _contest(asked: ReturnRequest, form: Form, who: dict[str, Any]) -> None:
    returning.contest_return(return_id=asked.pk, words=form.cleaned_data["words"], **who)


# Each act: its form, the domain call, and what the desk says afterwards.
ACTS: Acts = {
    "accept": (Form, _accept, _("Đã đồng ý nhận trả, người mua được báo tin.")),
    "refuse": (RefuseReturnForm, _refuse, _("Đã từ chối, người mua được báo lý do.")),
    "receive": (ReceiveReturnForm, _receive, _("Đã ghi nhận hàng về, người mua được hoàn tiền.")),
    "contest": (ContestReturnForm, _contest, _("Đã chuyển lên văn phòng.")),
}


@access(roles=roles.PARCELS)
def return_list(request: HttpRequest) -> HttpResponse:
    """One heap, the most urgent first."""
    now = clock.now()
    workplace = workplace_of(request, room="returns", wanted=roles.PARCELS)
    asked = request.GET.get("muc", "")
    heap = Heap(asked) if asked in set(Heap) else Heap.TO_DO
    mine = ReturnRequest.objects.for_actor(request.actor).filter(parcel__producer=workplace.producer)
    order = ("-asked_at", "-pk") if heap == Heap.DONE else ("answer_by", "pk")
    page = Paginator(loaded(mine.filter(HEAPS[heap])).order_by(*order), PER_PAGE).get_page(request.GET.get("trang"))
    counts = count_heaps(mine)
    context = desk_context(
        workplace,
        heaps=[(each, HEAP_NAMES[each], counts[each]) for each in Heap],
        heap=heap,
        page=page,
        rows=return_rows(page.object_list, now=now),
    )
    return render(request, "producer_desk/returns.html", context)


@access(roles=roles.PARCELS, methods=["GET", "POST"], writes=["POST"], owner="return.producer")
def return_page(request: HttpRequest, asked: int) -> HttpResponse:
    """One return; a step that came too late is answered, and what was typed stays."""
    found = _find(request, asked)
    name = request.POST.get("act", "")
    if request.method != "POST" or name not in ACTS:
        return _show(request, found, status=200 if request.method != "POST" else INVALID)
    form_class, act, done = ACTS[name]
    form = _make(form_class, found, request.POST)
    if not form.is_valid():
        return _show(request, found, bound={name: form}, status=INVALID)
    try:
        with busy_instead_of_waiting():
            act(found, form, {"actor": request.actor, "now": clock.now()})
    except ShopBusy:
        return _show(request, found, bound={name: form}, conflict=BUSY, status=BUSY_NOW)
    except returning.ReturnNotOpen:
        return _show(request, _find(request, asked), bound={name: form}, conflict=MOVED_ON, status=CONFLICT)
    messages.success(request, str(done))
    return redirect("producer_desk:return", asked=found.pk)


@access(roles=roles.PARCELS, owner="return.producer")
def return_photo(request: HttpRequest, asked: int, photo: int) -> HttpResponse:
    """One picture of the buyer's, for the producer whose goods are on it; kept by no cache."""
    found = read_photo(photo_id=photo, among=ReturnRequest.objects.for_actor(request.actor).filter(pk=asked))
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/jpeg")


def _find(request: HttpRequest, asked: int) -> ReturnRequest:
    mine: QuerySet[ReturnRequest] = ReturnRequest.objects.for_actor(request.actor)
    return get_object_or_404(loaded(mine), pk=asked)


def _make(form_class: type[Form], asked: ReturnRequest, data: Any = None) -> Form:
    if form_class is ReceiveReturnForm:
        return ReceiveReturnForm(data, lines=asked.lines.all())
    return form_class(data)


def _show(
    request: HttpRequest,
    asked: ReturnRequest,
    *,
    bound: dict[str, Form] | None = None,
    conflict: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    workplace = workplace_of(request, room="returns", wanted=roles.PARCELS, producer_id=asked.parcel.producer_id)
    forms = {name: (bound or {}).get(name) or _make(act[0], asked) for name, act in ACTS.items()}
    is_there = asked.sent_back_at is not None
    context = desk_context(
        workplace,
        asked=asked,
        row=return_row(asked, now=clock.now()),
        history=tell_history(asked),
        verdict=VERDICTS.get(asked.verdict, ""),
        forms=forms,
        opened=next(iter(bound or {}), ""),
        conflict=conflict,
        may_accept=asked.state in {S.ASKED, S.REFUSED, S.DISPUTED} and not is_there,
        may_refuse=asked.state == S.ASKED,
        may_receive=asked.state == S.SENT_BACK,
    )
    return render(request, "producer_desk/return.html", context, status=status)
