"""/ban-hang/nhan/: somebody with the office's letter claims the producer it names."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shop.access.declare import EVERYBODY, access
from shop.access.visitor_address import visitor_address
from shop.common import clock
from shop.domain.certificates.queries import certificates_of_producer
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.producers.claim_codes import hash_of
from shop.domain.producers.claiming import (
    Claimant,
    CodeRefused,
    TooManyTries,
    claim_producer,
    producer_of_code,
    try_code,
)
from shop.domain.producers.models import ProducerProfile

from .. import roles
from ..claim_forms import ClaimantForm, CodeForm
from ..headings import BUSY
from ..workplace import SESSION_KEY

# The hash of the code that was typed: enough to go on, useless on any other letter.
CODE_IN_SESSION = "claim_code"
MOST_NAMED = 10


@never_cache
@access(roles=EVERYBODY, methods=["GET", "POST"], writes=["POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Say what a code is for; who is logged in types it here."""
    if request.actor.user_id is None:
        return _show_code(request, None) if request.method == "GET" else redirect("producer_desk:claim")
    if request.method == "GET":
        return _show_code(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show_code(request, form, status=400)
    code = form.cleaned_data["code"]
    try:
        try_code(code=code, actor=request.actor, address=visitor_address(request), now=clock.now())
    except CodeRefused:
        # Wrong, used, replaced or too old: one answer for all of them.
        form.add_error("code", _("Mã không đúng hoặc không còn dùng được. Hãy xem lại thư, hoặc xin văn phòng OCOP mã mới."))
        return _show_code(request, form, status=400)
    except TooManyTries:
        form.add_error("code", _("Bạn đã thử quá nhiều lần. Hãy đợi một giờ rồi thử lại."))
        return _show_code(request, form, status=429)
    request.session[CODE_IN_SESSION] = hash_of(code)
    return redirect("producer_desk:claim_confirm")


@access(roles=roles.PEOPLE, methods=["GET", "POST"], writes=["POST"])
def claim_confirm(request: HttpRequest) -> HttpResponse:
    """Say who one is at the producer, accept the terms; then the office looks at it."""
    code_hash = request.session.get(CODE_IN_SESSION, "")
    try:
        profile = producer_of_code(code_hash=code_hash, now=clock.now())
    except CodeRefused:
        return _back_to_code(request)
    if request.method == "GET":
        return _show_confirm(request, profile, ClaimantForm(initial={"phone": request.user.phone or ""}))
    form = ClaimantForm(request.POST)
    if not form.is_valid():
        return _show_confirm(request, profile, form, status=400)
    claimant = Claimant(form.cleaned_data["position"], form.cleaned_data["phone"], form.cleaned_data["accepts_terms"])
    try:
        with busy_instead_of_waiting():
            claim_producer(code_hash=code_hash, claimant=claimant, actor=request.actor, now=clock.now())
    except CodeRefused:
        return _back_to_code(request)
    except ShopBusy:
        return _show_confirm(request, profile, form, status=503, problem=BUSY)
    del request.session[CODE_IN_SESSION]
    request.session[SESSION_KEY] = profile.pk
    messages.success(request, _("Đã nhận. Văn phòng OCOP sẽ gọi lại để xác nhận; trong lúc chờ bạn chuẩn bị sản phẩm được."))
    return redirect("producer_desk:home")


def _back_to_code(request: HttpRequest) -> HttpResponse:
    request.session.pop(CODE_IN_SESSION, None)
    messages.error(request, _("Mã không còn dùng được. Hãy nhập lại, hoặc xin văn phòng OCOP mã mới."))
    return redirect("producer_desk:claim")


def _show_code(request: HttpRequest, form: CodeForm | None, *, status: int = 200) -> HttpResponse:
    return render(request, "producer_desk/claim.html", {"form": form}, status=status)


def _show_confirm(
    request: HttpRequest, profile: ProducerProfile, form: ClaimantForm, *, status: int = 200, problem: Any = ""
) -> HttpResponse:
    context = {
        "form": form,
        "profile": profile,
        "certificates": certificates_of_producer(producer_id=profile.pk)[:MOST_NAMED],
        "problem": problem,
    }
    return render(request, "producer_desk/claim_confirm.html", context, status=status)
