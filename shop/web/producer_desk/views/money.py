"""What the parcels earn, and what the books hold for the producer."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock
from shop.domain.ledger.earnings import NEVER_EARNED, balances_of_producer, sum_earnings
from shop.domain.parcels.models import Parcel

from .. import roles
from ..headings import STATUS_KINDS, STATUS_NAMES
from ..money_showing import held_until, payout_context
from ..workplace import desk_context, workplace_of

PER_PAGE = 30


@access(roles=roles.MONEY)
def money_room(request: HttpRequest) -> HttpResponse:
    """Earnings of today, this week and this month, and parcel by parcel; no buyer is named here."""
    workplace = workplace_of(request, room="money", wanted=roles.MONEY)
    parcels = Parcel.objects.for_actor(request.actor, *roles.MONEY).filter(producer=workplace.producer)
    today = clock.today()
    since = {"today": today, "week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
    earning = parcels.exclude(status__in=NEVER_EARNED).select_related("split").order_by("-created_at", "-pk")
    page = Paginator(earning, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [
        {
            "parcel": parcel,
            "status_name": STATUS_NAMES[Parcel.Status(parcel.status)],
            "status_kind": STATUS_KINDS.get(Parcel.Status(parcel.status), ""),
            "split": parcel.split,
            "held_until": held_until(parcel),
        }
        for parcel in page.object_list
    ]
    context = desk_context(
        workplace,
        page=page,
        rows=rows,
        month=f"{today:%Y-%m}",
        earned=sum_earnings(parcels=parcels, since=since),
        **payout_context(producer_id=workplace.producer.pk, now=clock.now()),
        balances=balances_of_producer(producer_id=workplace.producer.pk),
    )
    return render(request, "producer_desk/money.html", context)
