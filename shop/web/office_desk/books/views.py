"""/van-phong/so-sach/: whether the books are right, and what the accounts hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.common import clock
from shop.domain.ledger.models import MoneyAudit

from ..pages.country import country_only
from ..workplace import desk_context
from .showing import account_rows, audit_context

ROOM = "books"
SHOWN_AUDITS = 14


@country_only()
def books(request: HttpRequest) -> HttpResponse:
    """The last look at every invariant, those before it, and the balance of each kind of account."""
    context = desk_context(
        request,
        room=ROOM,
        tab="overview",
        accounts=account_rows(),
        audits=MoneyAudit.objects.all()[:SHOWN_AUDITS],
        **audit_context(now=clock.now()),
    )
    return render(request, "office_desk/books/overview.html", context)
