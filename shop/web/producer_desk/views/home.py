"""The desk's front page: what to do now, what comes in, what runs out."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.ledger.earnings import sum_earnings
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.worklist import Tab, list_parcels
from shop.oscar_forks.partner.models import StockRecord

from .. import roles
from ..rows import certificate_rows, parcel_rows, running_low
from ..workplace import SESSION_KEY, Workplace, desk_context, workplace_of

SHOWN = 5


@access(roles=roles.ANYBODY)
def home(request: HttpRequest) -> HttpResponse:
    """What each of a producer's people should look at first; rooms of other roles stay shut."""
    workplace = workplace_of(request, room="home", wanted=roles.ANYBODY)
    parts = {
        **(_parcel_parts(request, workplace) if workplace.may(*roles.PARCELS) else {}),
        **(_shelf_parts(request, workplace) if workplace.may(*roles.LISTINGS) else {}),
    }
    return render(request, "producer_desk/home.html", desk_context(workplace, person=request.user, **parts))


@access(roles=roles.ANYBODY, methods=["POST"], writes=["POST"], owner="membership.producer")
def choose_producer(request: HttpRequest) -> HttpResponse:
    """Work for another of one's producers from now on."""
    chosen = request.POST.get("producer", "")
    if not chosen.isdecimal():
        return redirect("producer_desk:home")
    if int(chosen) not in request.actor.producers:
        raise Http404
    request.session[SESSION_KEY] = int(chosen)
    return redirect("producer_desk:home")


def _parcel_parts(request: HttpRequest, workplace: Workplace) -> dict:
    now, today = clock.now(), clock.today()
    parcels = Parcel.objects.for_actor(request.actor).filter(producer=workplace.producer)
    waiting = list_parcels(parcels=parcels, tab=Tab.TO_CONFIRM, words="", now=now).select_related("split")[:SHOWN]
    since = {"today": today, "week": today - timedelta(days=today.weekday())}
    return {
        "waiting": parcel_rows(waiting, now=now),
        "earned": sum_earnings(parcels=parcels, since=since),
    }


def _shelf_parts(request: HttpRequest, workplace: Workplace) -> dict:
    today = clock.today()
    records = StockRecord.objects.for_actor(request.actor).filter(partner=workplace.producer, listing__state="live")
    certificates = Certificate.objects.for_actor(request.actor).filter(producer=workplace.producer)
    return {
        "low": running_low(records)[:SHOWN],
        "certificates": certificate_rows(certificates.order_by("valid_until"), today=today)[:SHOWN],
    }
