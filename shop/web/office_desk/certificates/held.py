"""One parcel that a stop holds: the office lets it go on, or calls it off now. Numbers of parcels only, no buyers."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.ordering.held_parcels import DecisionReasonMissing, cancel_held_parcel, release_held_parcel
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition

from ..reach import OFFICE
from .page import find_here, show_certificate

DECISIONS = {"release": release_held_parcel, "cancel": cancel_held_parcel}


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def held_parcel(request: HttpRequest, code: str, parcel: int) -> HttpResponse:
    """Decide on one held parcel of this certificate; deciding the same again changes nothing."""
    certificate = find_here(request, code)
    found = get_object_or_404(Parcel.objects.filter(lines__certificate=certificate).distinct(), pk=parcel)
    decide = DECISIONS.get(request.POST.get("act", ""))
    if decide is None:
        return show_certificate(request, certificate, status=400, problem=_("Hãy chọn cho gửi tiếp hoặc huỷ."))
    try:
        with busy_instead_of_waiting():
            decide(parcel_id=found.pk, reason=request.POST.get("reason", ""), actor=request.actor, now=clock.now())
    except DecisionReasonMissing:
        return show_certificate(request, certificate, status=400, problem=_("Hãy ghi lý do cho quyết định về kiện này."))
    except IllegalTransition:
        problem = _("Kiện %(number)s không còn bị giữ, nên không làm được việc này.") % {"number": found.number}
        return show_certificate(request, certificate, status=409, problem=problem)
    except ShopBusy:
        problem = _("Nhiều người đang đặt hàng cùng lúc. Chưa có gì thay đổi, hãy thử lại sau vài giây.")
        return show_certificate(request, certificate, status=503, problem=problem)
    if request.POST["act"] == "release":
        toasts.success(request, _("Kiện %(number)s được gửi tiếp.") % {"number": found.number})
    else:
        toasts.success(request, _("Kiện %(number)s đã huỷ, người mua được báo.") % {"number": found.number})
    return redirect("office_desk:certificate", code=certificate.code)
