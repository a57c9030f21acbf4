"""/van-phong/vu-viec/: reports and questions, the most overdue first; one case with its history and the acts on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.cases import handling
from shop.domain.cases.models import Case
from shop.domain.cases.queries import Pile, cases_in, count_piles, search_cases
from shop.domain.cases.words import KINDS

from ..reach import OFFICE, readable_certificates
from ..workplace import desk_context
from .forms import ClosingForm, NoteForm, WordsForm
from .queue import readable_cases
from .showing import row_of, tell_history

ROWS_PER_PAGE = 30
INVALID, CONFLICT = 422, 409
LONGEST_TEXT = 100
PILES: dict[Pile, str | Promise] = {
    Pile.WAITING_FOR_US: _("Cần xử lý"),
    Pile.LATE: _("Quá hạn"),
    Pile.MINE: _("Của tôi"),
    Pile.WAITING_FOR_OTHERS: _("Chờ trả lời"),
    Pile.CLOSED: _("Đã đóng"),
    Pile.ALL: _("Tất cả"),
}
# Each act: its form (None when a button is enough), the domain call, and what the desk says afterwards.
ACTS: dict[str, tuple[type[Form] | None, Callable[..., Any], str | Promise]] = {
    "take": (None, handling.take_case, _("Bạn đang xử lý vụ việc này.")),
    "answer": (WordsForm, handling.answer_case, _("Đã gửi trả lời cho người báo.")),
    "ask": (WordsForm, handling.ask_reporter, _("Đã gửi câu hỏi, vụ việc chờ trả lời.")),
    "note": (NoteForm, handling.note_case, _("Đã ghi chú.")),
    "close": (ClosingForm, handling.close_case, _("Đã đóng vụ việc.")),
    "reopen": (None, handling.reopen_case, _("Đã mở lại vụ việc.")),
}
PROBLEMS: dict[type[Exception], str | Promise] = {
    handling.NotOurCase: _("Một đồng nghiệp đang xử lý vụ việc này. Xem lại người xử lý rồi quyết định."),
    handling.CaseIsClosed: _("Vụ việc này đã đóng. Mở lại trước khi làm tiếp."),
    handling.NobodyToAnswer: _("Người báo không để lại cách liên hệ, nên không gửi được. Có thể ghi chú hoặc đóng vụ việc."),
}


@access(roles=OFFICE)
def case_list(request: HttpRequest) -> HttpResponse:
    """One pile of cases with its clock; by kind and by words if wanted."""
    now, words = clock.now(), " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    kind = request.GET.get("loai", "")
    found = _narrowed(readable_cases(request), kind=kind, words=words)
    counts = count_piles(cases=found, user_id=request.user.pk, now=now)
    pile = _pile_of(request)
    cases = cases_in(pile, cases=found, user_id=request.user.pk, now=now)
    page = Paginator(cases, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room="cases",
        page=page,
        rows=[row_of(case, now=now) for case in page],
        piles=[(each.value, text, counts[each]) for each, text in PILES.items()],
        pile=pile.value,
        kinds=KINDS.items(),
        kind=kind,
        words=words,
    )
    return render(request, "office_desk/cases.html", context)


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"])
def case_page(request: HttpRequest, case: int) -> HttpResponse:
    """One case; a form that cannot be taken keeps what was typed."""
    found = get_object_or_404(_loaded(request), pk=case)
    if request.method != "POST":
        return _show(request, found)
    name = request.POST.get("act", "")
    if name not in ACTS:
        return _show(request, found, status=INVALID)
    form_class, act, done = ACTS[name]
    form = form_class(request.POST, prefix=_prefix(name)) if form_class else None
    if form is not None and not form.is_valid():
        return _show(request, found, forms={_prefix(name): form}, status=INVALID)
    try:
        act(case_id=found.pk, actor=request.actor, now=clock.now(), **_given(request, name, form))
    except tuple(PROBLEMS) as problem:
        found = get_object_or_404(_loaded(request), pk=case)
        forms = {_prefix(name): form} if form else {}
        return _show(request, found, forms=forms, problem=str(PROBLEMS[type(problem)]), status=CONFLICT)
    toasts.success(request, str(done))
    return redirect("office_desk:case", case=found.pk)


def _given(request: HttpRequest, name: str, form: Form | None) -> dict[str, Any]:
    if name == "take":
        seen = request.POST.get("seen_handler", "")
        return {"seen_handler_id": int(seen) if seen.isdecimal() and len(seen) < 19 else None}  # noqa: PLR2004 -- a bigint
    return dict(form.cleaned_data) if form else {}


def _prefix(name: str) -> str:
    """Answering and asking are two buttons of one form."""
    return "answer" if name == "ask" else name


def _pile_of(request: HttpRequest) -> Pile:
    asked = request.GET.get("xem", "")
    return Pile(asked) if asked in list(Pile) else Pile.WAITING_FOR_US


def _narrowed(cases: QuerySet[Case], *, kind: str, words: str) -> QuerySet[Case]:
    if kind in Case.Kind.values:
        cases = cases.filter(kind=kind)
    return search_cases(words, cases=cases) if words else cases


def _loaded(request: HttpRequest) -> QuerySet[Case]:
    return readable_cases(request).select_related("certificate", "producer__profile", "province", "commune", "assigned_to")


def _show(
    request: HttpRequest, case: Case, *, forms: dict[str, Form] | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    is_mine = case.assigned_to_id == request.user.pk
    shown = forms or {}
    context = desk_context(
        request,
        room="cases",
        case=case,
        row=row_of(case, now=clock.now()),
        history=tell_history(case),
        is_mine=is_mine,
        # Who reported it is for whoever handles it, and for nobody who only looks.
        may_see_contact=is_mine,
        certificate_url=_certificate_url(request, case),
        answer_form=shown.get("answer") or WordsForm(prefix="answer"),
        note_form=shown.get("note") or NoteForm(prefix="note"),
        closing_form=shown.get("close") or ClosingForm(prefix="close"),
        opened_form=next(iter(shown), ""),
        problem=problem,
    )
    return render(request, "office_desk/case.html", context, status=status)


def _certificate_url(request: HttpRequest, case: Case) -> str:
    """Where the certificate is acted on; its public page where this desk does not answer for it."""
    if case.certificate is None:
        return ""
    is_ours = readable_certificates(request).filter(pk=case.certificate_id).exists()
    room = "office_desk:certificate" if is_ours else "storefront:verify"
    return reverse(room, kwargs={"code": case.certificate.code})
