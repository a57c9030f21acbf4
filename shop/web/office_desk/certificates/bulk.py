"""/van-phong/chung-nhan/hang-loat/: one act on many certificates, with a colleague where the rules ask for one."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.act_requests import BulkAct, needs_second_officer, request_act, requests_within
from shop.domain.certificates.models import Certificate, CertificateActRequest
from shop.domain.certificates.scope import officer_of
from shop.domain.certificates.state import view_of
from shop.domain.ordering.certificate_stops import act_alone
from shop.domain.ordering.stop_effects import effects_of

from ..reach import readable_certificates
from ..workplace import desk_context
from .acting import CONFIRMED, OFFICERS
from .asking import find, read_question
from .forms import FORMS, GroundForm
from .results import progress_of, result_rows
from .words import ACTS, REFUSALS, ActWords, sentence_of

BULK_ACTS = {
    "tam-dinh-chi": BulkAct.SUSPEND,
    "bo-dinh-chi": BulkAct.LIFT,
    "thu-hoi": BulkAct.REVOKE,
    "gia-han": BulkAct.EXTEND,
}
NAMED_ON_PAGE = 20
ROWS_PER_PAGE = 100
LONGEST_KEY = 64


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def certificate_bulk(request: HttpRequest) -> HttpResponse:
    """From the list: ask for the ground, say in numbers what will happen, then do it or ask a colleague."""
    words = ACTS.get(request.POST.get("act", ""))
    if words is None or words.slug not in BULK_ACTS:
        toasts.error(request, _("Hãy chọn việc cần làm với các giấy này."))
        return redirect("office_desk:certificates")
    today = clock.today()
    chosen = _chosen(request, today=today)
    form_class = FORMS[words.action]
    if not chosen:
        form = form_class(today=today)
        return _show(request, words, form, chosen, status=400, problem=_("Hãy chọn ít nhất một giấy rồi bấm lại."))
    if "reason" not in request.POST:
        return _show(request, words, form_class(today=today), chosen)
    form = form_class(request.POST, today=today)
    if not form.is_valid():
        return _show(request, words, form, chosen, status=400)
    # A search finds more or less a minute later: whoever confirms has seen this very number.
    if request.POST.get(CONFIRMED) != str(len(chosen)):
        return _confirm(request, words, form, chosen)
    return _do(request, words, form, chosen)


@access(roles=OFFICERS)
def bulk_result(request: HttpRequest, act_request: int) -> HttpResponse:
    """What became of each certificate so far; the page says how many are still to come."""
    scope = requests_within(officer=request.user.officer)
    found = get_object_or_404(CertificateActRequest.objects.select_related("requested_by", "approved_by"), scope, pk=act_request)
    rows = found.items.select_related("certificate", "event").order_by("certificate__code")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room="certificates",
        asked=found,
        words=_words_of(found),
        progress=progress_of(found),
        page=page,
        rows=result_rows(page.object_list),
    )
    template = "office_desk/certificate_bulk_progress.html" if request.htmx else "office_desk/certificate_bulk_result.html"
    return render(request, template, context)


def _do(request: HttpRequest, words: ActWords, form: GroundForm, chosen: Sequence[int]) -> HttpResponse:
    act, now = BULK_ACTS[words.slug], clock.now()
    officer = officer_of(user_id=request.actor.user_id)
    takes_two = needs_second_officer(act=act, certificate_ids=chosen, officer=officer, today=now.date())
    asked = {"act": act, "certificate_ids": chosen, "ground": form.ground, "until": form.cleaned_data.get("until")}
    try:
        if takes_two:
            done = request_act(**asked, actor=request.actor, now=now)
        else:
            done = act_alone(**asked, actor=request.actor, now=now, key=request.POST.get("key", "")[:LONGEST_KEY])
    except REFUSALS as refusal:
        return _show(request, words, form, chosen, status=409, problem=sentence_of(refusal))
    if done.certificate is not None:
        return redirect("office_desk:certificate", code=done.certificate.code)
    return redirect("office_desk:certificate_bulk_result", act_request=done.pk)


def _chosen(request: HttpRequest, *, today: date) -> list[int]:
    """The rows that were ticked, or everything the search finds; of the officer's own place only."""
    if request.POST.get("all"):
        question = read_question(QueryDict(request.POST.get("query", "")))
        return sorted(find(request, question, today=today).certificates.order_by().values_list("pk", flat=True))
    codes = request.POST.getlist("code")
    own = readable_certificates(request).filter(code__in=[code.replace("\x00", "") for code in codes])
    return sorted(own.values_list("pk", flat=True))


def _confirm(request: HttpRequest, words: ActWords, form: GroundForm, chosen: Sequence[int]) -> HttpResponse:
    act = BULK_ACTS[words.slug]
    officer = officer_of(user_id=request.actor.user_id)
    takes_two = needs_second_officer(act=act, certificate_ids=chosen, officer=officer, today=clock.today())
    effects = effects_of(certificate_ids=chosen, action=words.action, is_safety_matter=form.ground.is_safety_matter)
    rows = [(field.label, form.cleaned_data[field.name]) for field in form]
    context = _context(request, words, form, chosen, effects=effects, takes_two=takes_two, rows=rows, key=uuid4().hex)
    return render(request, "office_desk/certificate_bulk_confirm.html", context)


def _show(
    request: HttpRequest, words: ActWords, form: GroundForm, chosen: Sequence[int], *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = _context(request, words, form, chosen, problem=problem)
    return render(request, "office_desk/certificate_bulk.html", context, status=status)


def _context(request: HttpRequest, words: ActWords, form: GroundForm, chosen: Sequence[int], **more: Any) -> dict[str, Any]:
    today = clock.today()
    named = Certificate.objects.filter(pk__in=chosen[:NAMED_ON_PAGE]).select_related("decision", "province").order_by("code")
    return desk_context(
        request,
        room="certificates",
        words=words,
        form=form,
        count=len(chosen),
        named=[view_of(one, today=today) for one in named],
        # A whole search is sent on as the search, ticked rows as their codes.
        is_all=bool(request.POST.get("all")),
        query=request.POST.get("query", ""),
        codes=[] if request.POST.get("all") else request.POST.getlist("code"),
        **more,
    )


def _words_of(found: CertificateActRequest) -> ActWords:
    act = BulkAct(found.payload.get("act", BulkAct.REVOKE))
    return ACTS[next(slug for slug, one in BULK_ACTS.items() if one == act)]
