"""Which returns this desk reads, and how many wait for its decision."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.domain.returns.queries import returns_in_reach

S = ReturnRequest.State


class Pile(StrEnum):
    """What an officer looks through."""

    TO_DECIDE = "cho-quyet-dinh"
    OPEN = "dang-mo"
    OVER = "da-xong"


PILES: Mapping[Pile, Q] = {
    Pile.TO_DECIDE: Q(state=S.DISPUTED),
    Pile.OPEN: Q(state__in=OPEN_STATES - {S.DISPUTED}),
    Pile.OVER: ~Q(state__in=OPEN_STATES),
}
PILE_NAMES: Mapping[Pile, str | Promise] = {
    Pile.TO_DECIDE: _("Chờ quyết định"),
    Pile.OPEN: _("Đang giữa hai bên"),
    Pile.OVER: _("Đã kết thúc"),
}


def readable_returns(request: HttpRequest) -> QuerySet[ReturnRequest]:
    """Every return for staff and officers of the whole country, else those of producers of the officer's own place."""
    return returns_in_reach(actor=request.actor)


def count_piles(returns: QuerySet[ReturnRequest]) -> dict[Pile, int]:
    """Count all piles in one query."""
    counted = returns.aggregate(**{pile.name: Count("pk", filter=condition) for pile, condition in PILES.items()})
    return {pile: counted[pile.name] for pile in Pile}


def count_to_decide(request: HttpRequest) -> int:
    """How many disputes wait for this desk."""
    return readable_returns(request).filter(PILES[Pile.TO_DECIDE]).count()
