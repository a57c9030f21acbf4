"""For which producer a person works right now, and what stands in that desk's menu."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import EXPIRING_WITHIN, valid_on
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.worklist import Counts, count_parcels
from shop.domain.returns.models import ReturnRequest
from shop.oscar_forks.partner.models import Partner

from . import roles
from .return_rows import HEAPS, Heap

SESSION_KEY = "producer_id"
MENU = (
    ("home", _("Tổng quan"), "home", roles.ANYBODY),
    ("parcels", _("Đơn hàng"), "list", roles.PARCELS),
    ("returns", _("Trả hàng"), "truck", roles.PARCELS),
    ("listings", pgettext_lazy("desk", "Sản phẩm"), "box", roles.LISTINGS),
    ("certificates", _("Chứng nhận"), "cert", roles.CERTIFICATES),
    ("vouchers", pgettext_lazy("room", "Mã giảm giá"), "star", roles.LISTINGS),
    ("money", _("Tiền về"), "coin", roles.MONEY),
)


@dataclass(frozen=True)
class MenuItem:
    url: str
    text: str | Promise
    icon_name: str
    count: int
    current: bool


@dataclass(frozen=True)
class Workplace:
    """One producer's desk as one of its people sees it."""

    producer: Partner
    others: list[Partner]
    held: frozenset[str]
    counts: Counts
    expiring: int
    returns: int
    room: str

    def may(self, *wanted: str) -> bool:
        return bool(self.held & set(wanted))

    @property
    def opens_parcels(self) -> bool:
        return self.may(*roles.PARCELS)

    @property
    def opens_listings(self) -> bool:
        return self.may(*roles.LISTINGS)

    @property
    def menu(self) -> list[MenuItem]:
        to_do = {"parcels": self.counts.to_do, "returns": self.returns, "certificates": self.expiring}
        return [
            MenuItem(reverse(f"producer_desk:{room}"), text, icon, to_do.get(room, 0), room == self.room)
            for room, text, icon, wanted in MENU
            if self.may(*wanted)
        ]


def workplace_of(request: HttpRequest, *, room: str, wanted: tuple[str, ...], producer_id: int | None = None) -> Workplace:
    """The desk of the producer an object belongs to, else of the one chosen last, else of the first that the role opens."""
    actor = request.actor
    open_to_me = sorted(actor.producer_ids(*wanted))
    chosen = producer_id or request.session.get(SESSION_KEY)
    producer_id = chosen if chosen in open_to_me else open_to_me[0]
    producers = {
        producer.pk: producer for producer in Partner.objects.for_actor(actor).select_related("profile").order_by("name")
    }
    today = clock.today()
    held = actor.producers[producer_id]
    certificates = Certificate.objects.for_actor(actor).filter(producer=producer_id)
    return Workplace(
        producer=producers.pop(producer_id),
        others=list(producers.values()),
        held=held,
        counts=count_parcels(parcels=Parcel.objects.for_actor(actor).filter(producer=producer_id)),
        expiring=certificates.filter(valid_on(day=today), valid_until__lte=today + EXPIRING_WITHIN).count(),
        returns=ReturnRequest.objects.for_actor(actor).filter(HEAPS[Heap.TO_DO], parcel__producer=producer_id).count(),
        room=room,
    )


def desk_context(workplace: Workplace, **more: Any) -> dict[str, Any]:
    """What every page of the desk needs, and what this one adds."""
    return {"workplace": workplace, **more}
