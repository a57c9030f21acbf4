"""Which cases this desk reads, and how many wait for it."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.cases.models import Case
from shop.domain.cases.queries import Pile, count_piles, search_cases
from shop.domain.cases.scope import reach_of
from shop.domain.cases.words import KINDS

from ..room import Hit, Hits

SHOWN = 5


def readable_cases(request: HttpRequest) -> QuerySet[Case]:
    """Every case for staff and officers of the whole country, else those of the officer's own place."""
    return Case.objects.filter(reach_of(request.actor))


def count_to_handle(request: HttpRequest) -> int:
    """How many cases wait for the office, whoever handles them."""
    piles = count_piles(cases=readable_cases(request), user_id=request.user.pk, now=clock.now())
    return piles[Pile.WAITING_FOR_US]


def find_cases(request: HttpRequest, words: str) -> Hits:
    """Cases by number, code, product or words, for the desk's search."""
    found = search_cases(words, cases=readable_cases(request)).order_by("-opened_at")
    hits = [
        Hit(reverse("office_desk:case", args=[one.pk]), one.number, KINDS[one.kind], is_vietnamese=False) for one in found[:SHOWN]
    ]
    more = f"{reverse('office_desk:cases')}?{urlencode({'q': words, 'xem': Pile.ALL.value})}"
    return Hits(_("Vụ việc"), "chat", hits, found.count(), more)
