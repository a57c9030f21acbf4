"""Returns for the desk's search."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.common.vietnamese import fold
from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.domain.returns.words import STATES

from ..room import Hit, Hits
from .queue import Pile, readable_returns

SHOWN = 5


def named(words: str) -> Q:
    """Returns of parcels with this in their number, or of producers called so in any spelling."""
    producer = Q()
    for word in fold(words).split():
        producer &= Q(parcel__producer__profile__folded_name__contains=word)
    return producer | Q(parcel__number__icontains=words)


def find_returns(request: HttpRequest, words: str) -> Hits:
    """Returns by the number of their parcel or order, or by producer, within the officer's reach; the newest first."""
    found = readable_returns(request).filter(named(words)).order_by("-asked_at", "-pk")
    shown = list(found.select_related("parcel")[:SHOWN])
    hits = [
        Hit(reverse("office_desk:return", args=[one.pk]), one.parcel.number, STATES[one.state], is_vietnamese=False)
        for one in shown
    ]
    more = f"{reverse('office_desk:returns')}?{urlencode({'q': words, 'xem': _pile_of(shown)})}"
    return Hits(_("Trả hàng"), "truck", hits, found.count(), more)


def _pile_of(shown: Sequence[ReturnRequest]) -> Pile:
    """The room shows one pile at a time: that of the newest."""
    if not shown or shown[0].state == ReturnRequest.State.DISPUTED:
        return Pile.TO_DECIDE
    return Pile.OPEN if shown[0].state in OPEN_STATES else Pile.OVER
