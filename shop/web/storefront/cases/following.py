"""/vu-viec/<number>/<token>/: a reporter's page of a case, opened by its secret link and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.cases.handling import CaseIsClosed, write_as_reporter
from shop.domain.cases.links import find_case
from shop.domain.cases.models import Case
from shop.domain.cases.queries import deadline_of, said_in_public
from shop.domain.cases.words import KINDS, OUTCOMES, STATES

from ..checkout.private_page import HOST_ONLY, secret_page
from ..errors import too_many_requests
from .forms import MoreForm
from .limits import TOO_OFTEN, WORDS_PER_HOUR, WRONG_LINKS_PER_HOUR, is_too_often

INVALID, CONFLICT, TOO_MANY = 422, 409, 429
PILLS = {
    Case.State.OPEN: ("inf", "clock"),
    Case.State.IN_PROGRESS: ("inf", "clock"),
    Case.State.WAITING: ("wrn", "chat"),
    Case.State.CLOSED: ("ok", "check"),
}


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="case.link")
@secret_page(tells=HOST_ONLY)
def case_page(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Where the case stands, what the office wrote, and room to write more."""
    case = find_case(number=number, token=token)
    if case is None:
        # Right links always open; 128 random bits are not found by trying.
        if is_too_often(request, what="wrong-case-links", most=WRONG_LINKS_PER_HOUR):
            return too_many_requests(request)
        raise Http404
    form = MoreForm(request.POST or None, label_suffix="")
    if request.method != "POST":
        return _show(request, case, form)
    if not form.is_valid():
        return _show(request, case, form, status=INVALID)
    if is_too_often(request, what="case-words", most=WORDS_PER_HOUR):
        form.add_error(None, TOO_OFTEN)
        return _show(request, case, form, status=TOO_MANY)
    try:
        write_as_reporter(case_id=case.pk, text=form.cleaned_data["body"], now=clock.now())
    except CaseIsClosed:
        form.add_error(None, _("Vụ việc vừa được đóng. Nếu còn điều gì, hãy gửi một lời mới."))
        return _show(request, find_case(number=number, token=token) or case, form, status=CONFLICT)
    return HttpResponseRedirect(request.path, status=303)


def _show(request: HttpRequest, case: Case, form: MoreForm, *, status: int = 200) -> HttpResponse:
    kind, icon = PILLS[Case.State(case.state)]
    context = {
        "case": case,
        "form": form,
        "messages_of_case": said_in_public(case),
        "deadline": deadline_of(case, now=clock.now()),
        "kind": KINDS[case.kind],
        "state": STATES[case.state],
        "outcome": OUTCOMES.get(case.outcome, ""),
        "pill": kind,
        "pill_icon": icon,
        "may_write": case.state != Case.State.CLOSED and case.blanked_at is None,
    }
    return render(request, "storefront/cases/case.html", context, status=status)
