"""What the office does to a producer; each act is answered on the producer's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as toasts
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.ordering import producer_stops
from shop.domain.ordering.held_parcels import release_held_parcel
from shop.domain.ordering.locking import ShopBusy
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.producers import standing
from shop.domain.producers.members import NoSuchAccount, add_member, remove_member
from shop.domain.producers.models import ProducerProfile

from ..reach import OFFICE
from . import words
from .forms import MemberForm, ReasonForm, ReleaseForm, RemoveForm
from .page import find_here, show_producer
from .patience import not_waiting_long

DO: dict[str, Callable[..., Any]] = {
    "approve": standing.approve_producer,
    "refuse": standing.refuse_claim,
    "suspend": producer_stops.suspend_and_hold,
    "reinstate": producer_stops.reinstate_and_resume,
    "terminate": producer_stops.terminate_and_cancel,
}


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"], owner="producer.place")
def producer_page(request: HttpRequest, producer: int) -> HttpResponse:
    """All facts of a producer; an act with its reason."""
    profile = find_here(request, producer)
    if request.method == "GET":
        return show_producer(request, profile)
    act = words.ACTS.get(request.POST.get("act", ""))
    if act is None:
        return show_producer(request, profile, status=400)
    form = ReasonForm(request.POST, needs_reason=act.needs_reason, auto_id=f"{act.name}_%s")
    if not form.is_valid():
        return show_producer(request, profile, status=400, bound=(act.name, form))

    def do() -> None:
        done = DO[act.name](producer_id=producer, actor=request.actor, now=clock.now(), **form.cleaned_data)
        toasts.success(request, act.done if done else words.NOTHING_TO_DO)

    return _done_or_refused(request, profile, do, bound=(act.name, form))


@access(roles=OFFICE, methods=["POST"], writes=["POST"], owner="producer.place")
def producer_people(request: HttpRequest, producer: int) -> HttpResponse:
    """Let somebody into the producer's desk, or out."""
    profile = find_here(request, producer)
    if request.POST.get("act") == "remove":
        form: Form = RemoveForm(request.POST, auto_id=False)
        if not form.is_valid():
            return show_producer(request, profile, status=400, problem=_("Hãy ghi lý do bỏ quyền."))

        def do() -> None:
            data = form.cleaned_data
            remove_member(
                producer_id=producer,
                membership_id=data["membership"],
                reason=data["reason"],
                actor=request.actor,
                now=clock.now(),
            )
            toasts.success(request, _("Đã bỏ quyền, có hiệu lực ngay."))

        return _done_or_refused(request, profile, do)
    form = MemberForm(request.POST, auto_id="member_%s")
    if not form.is_valid():
        return show_producer(request, profile, status=400, bound=("add_member", form))

    def add() -> None:
        add_member(producer_id=producer, actor=request.actor, now=clock.now(), **form.cleaned_data)
        toasts.success(request, _("Đã thêm người, có hiệu lực ngay."))

    return _done_or_refused(request, profile, add, bound=("add_member", form))


@access(roles=OFFICE, methods=["POST"], writes=["POST"], owner="producer.place")
def producer_release(request: HttpRequest, producer: int) -> HttpResponse:
    """Let one held parcel of a stopped producer go on."""
    profile = find_here(request, producer)
    form = ReleaseForm(request.POST, auto_id=False)
    if not form.is_valid():
        return show_producer(request, profile, status=400, problem=_("Hãy ghi lý do cho gửi tiếp kiện này."))
    parcel = get_object_or_404(Parcel, pk=form.cleaned_data["parcel"], producer=producer)

    def do() -> None:
        reason = form.cleaned_data["reason"]
        release_held_parcel(parcel_id=parcel.pk, reason=reason, actor=request.actor, now=clock.now())
        toasts.success(request, _("Kiện %(number)s được gửi tiếp.") % {"number": parcel.number})

    return _done_or_refused(request, profile, do)


def _done_or_refused(
    request: HttpRequest, profile: ProducerProfile, do: Callable[[], None], *, bound: tuple[str, Form] | None = None
) -> HttpResponse:
    try:
        with not_waiting_long():
            do()
    except standing.UnknownProducer:
        raise Http404 from None
    except ShopBusy:
        return show_producer(request, profile, status=503, bound=bound, problem=words.BUSY)
    except NoSuchAccount:
        if bound is not None:
            bound[1].add_error("login", _("Không có tài khoản nào với e-mail hoặc số này. Người ấy cần đăng ký trước."))
        return show_producer(request, profile, status=400, bound=bound)
    except (standing.IllegalMove, standing.OwnProducer, standing.NobodyWorksThere, IllegalTransition) as refusal:
        fresh = find_here(request, profile.pk)
        return show_producer(request, fresh, status=409, problem=_refused(refusal, fresh))
    return redirect("office_desk:producer", producer=profile.pk)


def _refused(refusal: Exception, profile: ProducerProfile) -> str:
    if isinstance(refusal, standing.OwnProducer):
        return str(words.OWN)
    if isinstance(refusal, standing.NobodyWorksThere):
        return str(words.NOBODY)
    if isinstance(refusal, IllegalTransition):
        return _("Kiện này không còn bị giữ.")
    return words.NOT_FROM_HERE % {"standing": words.STANDINGS[ProducerProfile.Status(profile.status)][0]}
