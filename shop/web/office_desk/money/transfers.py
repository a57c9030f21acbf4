"""/van-phong/tien/chuyen-khoan/: every movement on the shop's account, found by words, matched by hand."""

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.ordering.transfers import NotThisTransfer, find_numbers, match_by_hand
from shop.domain.payments.models import BankTransfer

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import MatchForm
from .views import CONFLICT, ROOM, ROWS_PER_PAGE, UNPROCESSABLE
from .words import PROBLEMS, SOURCES, TRANSFER_STATES

LONGEST_TEXT = 64
UNMATCHED = BankTransfer.State.UNMATCHED


@country_only()
def money_transfers(request: HttpRequest) -> HttpResponse:
    """Newest first; by state, and by bank reference, order number or what the payer wrote."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    state = request.GET.get("trang-thai", "")
    page = Paginator(_found(words, state), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    rows = [{"transfer": one, "state": TRANSFER_STATES[one.state], "source": SOURCES[one.source]} for one in page]
    context = desk_context(request, room=ROOM, tab="transfers", page=page, rows=rows, words=words, state=state)
    return render(
        request,
        "office_desk/money/transfers.html",
        {**context, "states": [(key, one[0]) for key, one in TRANSFER_STATES.items()]},
    )


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_transfer(request: HttpRequest, transfer: int) -> HttpResponse:
    """One movement; as long as it belongs to nobody, an officer says whose it is."""
    found = get_object_or_404(BankTransfer.objects.select_related("payment__order", "matched_by"), pk=transfer)
    if request.method != "POST":
        return _show(request, found, MatchForm())
    form = MatchForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=UNPROCESSABLE)
    try:
        match_by_hand(transfer_id=found.pk, actor=request.actor, now=clock.now(), **form.cleaned_data)
    except NotThisTransfer:
        found.refresh_from_db()
        return _show(request, found, form, problem=str(PROBLEMS[NotThisTransfer]), status=CONFLICT)
    toasts.success(request, _("Đã ghép khoản tiền với đơn."))
    return redirect("office_desk:money_transfer", transfer=found.pk)


def _found(words: str, state: str) -> QuerySet[BankTransfer]:
    found = BankTransfer.objects.select_related("payment__order").order_by("-booked_at", "-pk")
    if state in BankTransfer.State.values:
        found = found.filter(state=state)
    if not words:
        return found
    by_order = Q(payment__order__number__in=find_numbers(words))
    return found.filter(Q(bank_reference__icontains=words) | Q(memo__icontains=words) | by_order)


def _show(request: HttpRequest, transfer: BankTransfer, form: Form, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = desk_context(
        request,
        room=ROOM,
        tab="transfers",
        transfer=transfer,
        state=TRANSFER_STATES[transfer.state],
        source=SOURCES[transfer.source],
        form=form,
        may_match=transfer.state == UNMATCHED,
        problem=problem,
    )
    return render(request, "office_desk/money/transfer.html", context, status=status)
