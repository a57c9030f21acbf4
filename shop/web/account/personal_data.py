"""/tai-khoan/du-lieu/: take everything along, or be forgotten; both only for whoever proves again who they are."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.access.proving_again import ask_who_it_is
from shop.common import clock
from shop.domain.personal_data.erasing import NoSuchRequest, erase_account, withdraw_erasure
from shop.domain.personal_data.exporting import JSON_ENCODER, Export, TooManyExports, export_account
from shop.domain.personal_data.models import ErasureRequest
from shop.domain.personal_data.obstacles import HoldsRole, check_roles, ends_at, open_orders
from shop.domain.personal_data.person import person_of_account

from .audience import PEOPLE
from .export_words import readable
from .views import DESKS

CONFLICT, TOO_MANY, UNPROCESSABLE = 409, 429, 422


@access(roles=PEOPLE)
def overview(request: HttpRequest) -> HttpResponse:
    """What can be done, and a request that waits."""
    waiting = ErasureRequest.objects.filter(user=request.user, state=ErasureRequest.State.WAITING).first()
    return render(request, "account/personal_data.html", {"waiting": waiting} | _open(request))


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
def export(request: HttpRequest) -> HttpResponse:
    """Hand over the whole file, as JSON or to be read; nothing of it is kept here."""
    asked = ask_who_it_is(request, page="account_export")
    if asked is not None:
        return asked
    if request.method != "POST":
        return render(request, "account/export.html")
    try:
        exported = export_account(user_id=request.user.pk, actor=request.actor, now=clock.now())
    except TooManyExports:
        remark = _("Hôm nay bạn đã lấy dữ liệu nhiều lần. Thử lại sau 24 giờ.")
        return render(request, "account/export.html", {"remark": remark}, status=TOO_MANY)
    return _readable(request, exported) if request.POST.get("as") == "html" else _file(exported)


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, then do it, or let it wait for the last order."""
    asked = ask_who_it_is(request, page="account_erase")
    if asked is not None:
        return asked
    try:
        check_roles(user=request.user)
        if request.method != "POST":
            return render(request, "account/erase.html", _open(request))
        if "sure" not in request.POST:
            remark = _("Đánh dấu ô xác nhận rồi bấm lại.")
            return render(request, "account/erase.html", {"remark": remark} | _open(request), status=UNPROCESSABLE)
        done = erase_account(user_id=request.user.pk, actor=request.actor, now=clock.now())
    except HoldsRole as held:
        desks = [name for roles, name, _url in DESKS if roles & held.roles]
        return render(request, "account/erase_refused.html", {"desks": desks}, status=CONFLICT)
    if done.state == ErasureRequest.State.WAITING:
        messages.success(request, _("Đã ghi yêu cầu. Dữ liệu được xoá khi đơn cuối cùng kết thúc."))
        return redirect("account_personal_data")
    logout(request)
    return redirect("account_erased")


@access(roles=PEOPLE, methods=("POST",), writes=("POST",))
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take a waiting request back."""
    try:
        withdraw_erasure(user_id=request.user.pk, actor=request.actor, now=clock.now())
    except NoSuchRequest:
        messages.error(request, _("Không có yêu cầu nào đang chờ."))
    else:
        messages.success(request, _("Đã rút yêu cầu xoá. Tài khoản của bạn được giữ nguyên."))
    return redirect("account_personal_data")


def _open(request: HttpRequest) -> dict[str, Any]:
    person = person_of_account(request.user)
    orders = list(open_orders(person=person, now=clock.now()))
    return {"open_orders": orders, "ends_at": ends_at(person=person) if orders else None}


def _file(exported: Export) -> HttpResponse:
    text = json.dumps(exported.as_json(), cls=JSON_ENCODER, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cho-ocop-{exported.made_at:%Y-%m-%d}.json"'
    return response


def _readable(request: HttpRequest, exported: Export) -> HttpResponse:
    return render(request, "account/export_readable.html", {"sections": readable(exported), "made_at": exported.made_at})
