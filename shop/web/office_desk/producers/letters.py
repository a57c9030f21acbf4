"""Letters with a code, to be printed now: the code is shown once and kept nowhere."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import valid_on
from shop.domain.producers.claim_codes import Letter, make_letters
from shop.domain.producers.models import ClaimCode, ProducerProfile
from shop.domain.producers.standing import IllegalMove, UnknownProducer

from ..reach import OFFICE
from ..workplace import desk_context
from .asking import choices, find_producers, read_question
from .page import find_here, show_producer
from .words import NOT_FROM_HERE, STANDINGS

MOST_AT_ONCE = 200


@access(roles=OFFICE, methods=["POST"], writes=["POST"], owner="producer.place")
def producer_letter(request: HttpRequest, producer: int) -> HttpResponse:
    """Make a code for one producer and show its letter; an earlier code opens nothing any more."""
    profile = find_here(request, producer)
    try:
        letters = make_letters(producer_ids=[producer], actor=request.actor, now=clock.now())
    except UnknownProducer:
        raise Http404 from None
    except IllegalMove:
        fresh = find_here(request, producer)
        problem = NOT_FROM_HERE % {"standing": STANDINGS[ProducerProfile.Status(fresh.status)][0]}
        return show_producer(request, fresh, status=409, problem=problem)
    back = reverse("office_desk:producer", args=[profile.pk])
    return _show_letters(request, letters, back=back)


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"])
def producer_letters(request: HttpRequest) -> HttpResponse:
    """Choose a place, see for how many, print all of them."""
    now = clock.now()
    question = read_question(request.POST if request.method == "POST" else request.GET)
    wanted = find_producers(request, question, today=now.date()).filter(status=ProducerProfile.Status.UNCLAIMED)
    if request.POST.get("skip", request.GET.get("skip")):
        wanted = wanted.exclude(pk__in=_with_open_code(now))
    has_chosen = bool(question.province or question.text)
    if request.method == "POST" and has_chosen and wanted.exists():
        ids = list(wanted.values_list("pk", flat=True)[:MOST_AT_ONCE])
        letters = make_letters(producer_ids=ids, actor=request.actor, now=now)
        return _show_letters(request, letters, back=reverse("office_desk:producer_letters"))
    context = desk_context(
        request,
        room="producers",
        count=wanted.count() if has_chosen else 0,
        most=MOST_AT_ONCE,
        has_chosen=has_chosen,
        skip=bool(request.GET.get("skip")),
        **choices(question),
    )
    return render(request, "office_desk/producer_letters.html", context)


def _with_open_code(now: datetime) -> QuerySet:
    return ClaimCode.objects.filter(voided_at=None, used_at=None, expires_at__gt=now).values("producer")


def _show_letters(request: HttpRequest, letters: list[Letter], *, back: str) -> HttpResponse:
    # The letter is Vietnamese with an English line, whoever prints it: its reader is a producer.
    with override("vi"):
        claim_url = f"{settings.BASE_URL}{reverse('producer_desk:claim')}"
    context = {
        "letters": [_shown(letter, today=clock.today()) for letter in letters],
        "claim_url": claim_url,
        "back": back,
        "title": _("Thư mời nhận gian hàng"),
    }
    return render(request, "office_desk/claim_letters.html", context)


def _shown(letter: Letter, *, today: date) -> dict[str, Any]:
    profile = letter.profile
    certificates = Certificate.objects.filter(Q(producer=profile.pk) & valid_on(day=today)).order_by("product_name")
    return {"letter": letter, "profile": profile, "certificates": certificates[:10], "today": today}
