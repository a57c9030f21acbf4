"""/van-phong/chung-nhan/<code>/<act>/: an act in two steps: what is written, what it will do in numbers, then done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages as toasts
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.common.dates import format_day
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates import acts
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.queries import read_code
from shop.domain.certificates.state import view_of
from shop.domain.certificates.superseding import find_replacement, replacements_for
from shop.domain.listings.superseding import supersede_and_move
from shop.domain.ordering.certificate_stops import lift_and_resume, suspend_and_hold
from shop.domain.ordering.stop_effects import effects_of

from ..workplace import desk_context
from .forms import FORMS, GroundForm
from .page import acts_offered, find_here
from .words import ACTS, REFUSALS, ActWords, is_busy, sentence_of

OFFICERS = ("officer",)
CONFIRMED = "confirmed"


@access(roles=OFFICERS, methods=["GET", "POST"], writes=["POST"])
def certificate_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Ask for the ground, say what will happen, do it; pressing again changes nothing and answers the same."""
    certificate = find_here(request, code)
    words = ACTS.get(act)
    if words is None:
        raise Http404
    today = clock.today()
    form_class = FORMS[words.action]
    if request.method == "GET":
        form = form_class(today=today, certificate=certificate)
        is_offered = words in acts_offered(certificate, today=today)
        problem = "" if is_offered else sentence_of(acts.IllegalAct(certificate, words.action))
        return _show(request, certificate, words, form, problem=problem, status=200 if is_offered else 409)
    form = form_class(request.POST, today=today, certificate=_as_written(certificate, words))
    if not form.is_valid():
        return _show(request, certificate, words, form, status=400)
    if CONFIRMED not in request.POST:
        return _confirm(request, certificate, words, form)
    return _do(request, certificate, words, form)


def _do(request: HttpRequest, certificate: Certificate, words: ActWords, form: GroundForm) -> HttpResponse:
    try:
        DOERS[words.action](request, certificate, form)
    except REFUSALS as refusal:
        if isinstance(refusal, acts.UnknownCertificate):
            form.add_error("by_code", sentence_of(refusal))
            return _show(request, certificate, words, form, status=400)
        certificate.refresh_from_db()
        return _show(request, certificate, words, form, problem=sentence_of(refusal), status=409)
    except OperationalError as error:
        if not is_busy(error):
            raise
        problem = _("Nhiều người đang đặt hàng cùng lúc. Chưa có gì thay đổi, hãy thử lại sau vài giây.")
        return _show(request, certificate, words, form, problem=problem, status=503)
    toasts.success(request, words.done)
    return redirect("office_desk:certificate", code=certificate.code)


def _suspend(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    return suspend_and_hold(certificate_id=certificate.pk, ground=form.ground, actor=request.actor, now=clock.now())


def _lift(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    return lift_and_resume(certificate_id=certificate.pk, ground=form.ground, actor=request.actor, now=clock.now())


def _ask_to_revoke(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    return request_revocation(certificate_id=certificate.pk, ground=form.ground, actor=request.actor, now=clock.now())


def _extend(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    until = form.cleaned_data["until"]
    now = clock.now()
    return acts.extend_certificate(certificate_id=certificate.pk, until=until, ground=form.ground, actor=request.actor, now=now)


def _downgrade(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    stars = form.cleaned_data["stars"]
    now = clock.now()
    return acts.downgrade_certificate(
        certificate_id=certificate.pk, stars=stars, ground=form.ground, actor=request.actor, now=now
    )


def _supersede(request: HttpRequest, certificate: Certificate, form: GroundForm) -> Any:
    typed = form.cleaned_data["by_code"]
    newer = find_replacement(code=read_code(typed) or typed)
    return supersede_and_move(
        certificate_id=certificate.pk,
        by_certificate_id=newer.pk,
        ground=form.ground,
        actor=request.actor,
        now=clock.now(),
    )


DOERS: dict[str, Callable[[HttpRequest, Certificate, GroundForm], Any]] = {
    acts.SUSPENDED: _suspend,
    acts.LIFTED: _lift,
    acts.REVOKED: _ask_to_revoke,
    acts.EXTENDED: _extend,
    acts.DOWNGRADED: _downgrade,
    acts.SUPERSEDED: _supersede,
}


def _as_written(certificate: Certificate, words: ActWords) -> Certificate:
    """A downgrade that was done already is offered its own number again, so that pressing twice answers the same."""
    if words.action == acts.DOWNGRADED and certificate.stars < max(STARS):
        certificate.stars += 1
    return certificate


STARS = (3, 4, 5)


def _confirm(request: HttpRequest, certificate: Certificate, words: ActWords, form: GroundForm) -> HttpResponse:
    effects = effects_of(certificate_ids=[certificate.pk], action=words.action, is_safety_matter=form.ground.is_safety_matter)
    rows = [(field.label, _written(field.value(), form, field.name)) for field in form]
    context = _context(request, certificate, words, form, effects=effects, rows=rows)
    return render(request, "office_desk/certificate_confirm.html", context)


def _written(value: Any, form: GroundForm, name: str) -> Any:
    cleaned = form.cleaned_data.get(name, value)
    if isinstance(cleaned, date):
        return format_day(cleaned, page_language())
    return {True: _("có"), False: _("không")}.get(cleaned, cleaned) if isinstance(cleaned, bool) else cleaned


def _show(
    request: HttpRequest, certificate: Certificate, words: ActWords, form: GroundForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = _context(request, certificate, words, form, problem=problem)
    return render(request, "office_desk/certificate_act.html", context, status=status)


def _context(request: HttpRequest, certificate: Certificate, words: ActWords, form: GroundForm, **more: Any) -> dict[str, Any]:
    today = clock.today()
    certificate = Certificate.objects.select_related("decision", "province").get(pk=certificate.pk)
    replacements = replacements_for(certificate, today=today) if words.action == acts.SUPERSEDED else []
    return desk_context(
        request,
        room="certificates",
        certificate=certificate,
        view=view_of(certificate, today=today),
        words=words,
        form=form,
        replacements=replacements,
        **more,
    )
