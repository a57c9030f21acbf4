"""/tai-khoan/thong-bao/: what the shop may write to a person about, each purpose by itself, and the proof of each answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.consents.models import Purpose
from shop.domain.consents.queries import consent_history, standing_consents
from shop.domain.consents.recording import Circumstances, answer_consent, person
from shop.domain.consents.wording import wording_of
from shop.domain.wishes.notices import NotTheirs, cancel_own_notice, stop_notices, waiting_of

from .audience import PEOPLE


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
def message_settings(request: HttpRequest) -> HttpResponse:
    """One box per purpose, empty until the person ticks it; saving records what changed."""
    subject = person(request.user.pk)
    if request.method == "POST":
        for purpose in Purpose:
            _answer(request, purpose, is_given=purpose.value in request.POST)
        messages.success(request, _("Đã lưu lựa chọn của bạn."))
        return redirect("account_messages")
    choices = [{"standing": standing, "wording": wording_of(standing.purpose)} for standing in standing_consents(subject=subject)]
    history = [
        {"row": row, "title": wording_of(Purpose(row.purpose)).title} for row in reversed(consent_history(subject=subject))
    ]
    context: dict[str, Any] = {"choices": choices, "history": history, "notices": waiting_of(user_id=request.user.pk)}
    return render(request, "account/messages_settings.html", context)


@access(roles=PEOPLE, methods=("POST",), writes=("POST",), owner="stock_notice.user")
def stop_waiting(request: HttpRequest, notice: int) -> HttpResponse:
    """Wait for one product no longer; the others and the consent stay."""
    try:
        cancel_own_notice(user_id=request.user.pk, notice_id=notice, now=clock.now())
    except NotTheirs as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("account_messages"), status=303)


def _answer(request: HttpRequest, purpose: Purpose, *, is_given: bool) -> None:
    how = Circumstances(now=clock.now(), source=request.path, language=(get_language() or "vi")[:2])
    subject = person(request.user.pk)
    if purpose == Purpose.BACK_IN_STOCK and not is_given:
        stop_notices(subject=subject, how=how)
    else:
        answer_consent(subject=subject, purpose=purpose, is_given=is_given, how=how)
