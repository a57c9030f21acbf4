"""What an officer does with a list: give what it leaves unsaid, apply, sign, send back, take back."""

from collections.abc import Callable

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.importing import correcting, requesting
from shop.domain.certificates.importing.runs import State, UnknownImport
from shop.domain.certificates.models import ImportRun
from shop.domain.certificates.scope import NotAnOfficer
from shop.domain.listings.import_undoing import UndoBlocked, request_undo

from .forms import ApplyForm, ReturnForm
from .showing import options_form, show_import
from .views import find_import
from .words import REFUSALS, sentence_of

OFFICERS = ("officer",)
BLOCKED = gettext_lazy("Không hoàn tác được: từ lúc ghi sổ đã có việc với các giấy chứng nhận dưới đây.")


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_options(request: HttpRequest, run: int) -> HttpResponse:
    """Say what the file does not."""
    found = find_import(request, run)
    form = options_form(found, request.POST)
    if form is not None and not form.is_valid():
        return show_import(request, found, status=400, options=form)
    given = form.cleaned_data if form is not None else {}
    return _do(request, found, lambda: correcting.give_options(run_id=run, options=given, actor=request.actor, now=clock.now()))


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_check(request: HttpRequest, run: int) -> HttpResponse:
    """Hold the file against the registry of now."""
    found = find_import(request, run)
    return _do(request, found, lambda: correcting.check_again(run_id=run, actor=request.actor, now=clock.now()))


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_apply(request: HttpRequest, run: int) -> HttpResponse:
    """Write the rows into the registry, or ask a colleague first."""
    found = find_import(request, run)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return show_import(request, found, status=409, problem=sentence_of(requesting.PreviewOutdated()))
    version, is_read = form.cleaned_data["version"], form.cleaned_data["warnings_read"]

    def apply() -> ImportRun:
        return requesting.request_apply(run_id=run, version=version, warnings_read=is_read, actor=request.actor, now=clock.now())

    return _do(request, found, apply)


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_approve(request: HttpRequest, run: int) -> HttpResponse:
    """Sign a colleague's list as the second officer."""
    found = find_import(request, run)
    return _do(request, found, lambda: requesting.approve_import(run_id=run, actor=request.actor, now=clock.now()))


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_return(request: HttpRequest, run: int) -> HttpResponse:
    """Send a colleague's list back with the reason."""
    found = find_import(request, run)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show_import(request, found, status=400 if found.state == State.WAITING else 409, returning=form)
    reason, said = form.cleaned_data["reason"], _("Đã trả lại danh sách cho đồng nghiệp.")
    return _do(
        request,
        found,
        lambda: requesting.refuse_import(run_id=run, reason=reason, actor=request.actor, now=clock.now()),
        said=said,
    )


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_withdraw(request: HttpRequest, run: int) -> HttpResponse:
    """Take one's own request back."""
    found = find_import(request, run)
    return _do(request, found, lambda: requesting.withdraw_import(run_id=run, actor=request.actor, now=clock.now()))


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_discard(request: HttpRequest, run: int) -> HttpResponse:
    """Close a list that will not be applied."""
    found = find_import(request, run)
    said = _("Đã bỏ danh sách. Tệp vẫn còn trong lịch sử.")
    return _do(request, found, lambda: requesting.discard_import(run_id=run, actor=request.actor, now=clock.now()), said=said)


@access(roles=OFFICERS, methods=["POST"], writes=["POST"])
def import_undo(request: HttpRequest, run: int) -> HttpResponse:
    """Take back what a list wrote, within a day."""
    found = find_import(request, run)
    return _do(request, found, lambda: request_undo(run_id=run, actor=request.actor, now=clock.now()))


def _do(request: HttpRequest, found: ImportRun, act: Callable[[], ImportRun], *, said: str | Promise = "") -> HttpResponse:
    """Make one call of the domain; a refusal is said on the import's own page."""
    try:
        act()
    except (UnknownImport, NotAnOfficer) as error:
        raise Http404 from error
    except UndoBlocked as error:
        found.refresh_from_db()
        return show_import(request, found, status=409, problem=str(BLOCKED), obstacles=error.obstacles)
    except REFUSALS as error:
        found.refresh_from_db()
        return show_import(request, found, status=409, problem=sentence_of(error))
    if said:
        toasts.success(request, said)
    return redirect("office_desk:import", run=found.pk)
