"""A parcel's life as its buyer reads it: steps, sentences, and what was in it with the stars of that day."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from shop.common import clock
from shop.common.clock import SHOP_TIME_ZONE
from shop.common.dates import format_moment
from shop.common.templatetags.shop_format import page_language
from shop.domain.ordering.cancelling import is_cancellable
from shop.domain.ordering.delivering import is_receivable
from shop.domain.ordering.letters import CASH_ON_DELIVERY
from shop.domain.ordering.queries import parcels_of
from shop.domain.ordering.undelivered import is_coming_home
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.transitions import EXPIRED_NOTE, PACKED_NOTE
from shop.domain.returns.models import OPEN_STATES
from shop.domain.returns.reckoning import free_units, is_returnable
from shop.domain.returns.words import STATES
from shop.oscar_forks.order.models import Line, Order

from .presenting import days_between, producer_name
from .tongues import marked_name
from .words import EVENT_TEXTS, EXPIRED, PARCEL_PILLS, STEPS, UNDELIVERED_PAID, UNDELIVERED_UNPAID

P = Parcel.Status
STOPPED = frozenset({P.DECLINED, P.CANCELLED, P.RETURNING, P.RETURNED, P.LOST})
# How many steps of STEPS are behind a parcel in each status.
STEPS_DONE = {P.PENDING: 0, P.TO_CONFIRM: 0, P.ON_HOLD: 0, P.PACKING: 1, P.SHIPPED: 3, P.DELIVERED: 5, P.CLOSED: 5}
STEPS_PACKED = 2


@dataclass(frozen=True)
class StoryLine:
    """One product of the parcel; star and certificate are those of the sale."""

    line: Line
    title: SafeString
    unit: SafeString
    check_url: str
    product: Product | None
    # How many of it may be sent back now.
    returnable: int


@dataclass(frozen=True)
class ParcelStory:
    """One parcel of the tracking page."""

    parcel: Parcel
    position: int
    producer_name: SafeString
    pill_text: str
    pill_kind: str
    pill_icon: str
    steps: list[dict[str, str]]
    headline: str
    events: list[dict[str, object]]
    lines: list[StoryLine]
    is_cancellable: bool
    is_receivable: bool
    return_text: str

    @property
    def reason(self) -> str:
        """Why it stopped, in the words of who stopped it."""
        return self.parcel.reason if self.parcel.status in STOPPED else ""

    @property
    def is_returnable(self) -> bool:
        """Whether something of it may be sent back now."""
        return any(line.returnable for line in self.lines)


def tell_parcels(order: Order) -> list[ParcelStory]:
    """Return the parcels of an order as stories, in the order of their numbers."""
    now = clock.now()
    return [_tell(position, parcel, now) for position, parcel in enumerate(parcels_of(order=order), start=1)]


def _tell(position: int, parcel: Parcel, now: datetime) -> ParcelStory:
    text, kind, icon = PARCEL_PILLS[P(parcel.status)]
    returns = list(parcel.returns.all())
    is_open = any(asked.state in OPEN_STATES for asked in returns)
    returnable = free_units(parcel=parcel) if is_returnable(parcel=parcel, now=now) and not is_open else {}
    return ParcelStory(
        parcel=parcel,
        position=position,
        producer_name=producer_name(parcel.producer.profile),
        pill_text=str(text),
        pill_kind=kind,
        pill_icon=icon,
        steps=_steps(parcel),
        headline=_headline(parcel),
        events=_events(list(parcel.events.all()), parcel),
        lines=[_line(line, parcel, returnable.get(line.pk, 0)) for line in parcel.lines.all()],
        is_cancellable=is_cancellable(parcel=parcel),
        is_receivable=is_receivable(parcel=parcel),
        return_text=str(STATES[returns[-1].state]) if returns else "",
    )


def _steps(parcel: Parcel) -> list[dict[str, str]]:
    if parcel.status in STOPPED:
        return []
    done = STEPS_PACKED if parcel.packed_at and parcel.status == P.PACKING else STEPS_DONE[P(parcel.status)]
    states = ["done"] * done + ["now"] * (done < len(STEPS)) + [""] * len(STEPS)
    return [{"text": str(text), "state": state} for text, state in zip(STEPS, states, strict=False)]


def _headline(parcel: Parcel) -> str:
    language = page_language()
    if _is_expired(parcel):
        return str(EXPIRED)
    if parcel.status == P.TO_CONFIRM and parcel.confirm_by:
        return _("Chủ thể xác nhận trước %(when)s") % {"when": format_moment(parcel.confirm_by, language)}
    if parcel.status in {P.DELIVERED, P.CLOSED} and parcel.delivered_at:
        return _("Đã nhận lúc %(when)s") % {"when": format_moment(parcel.delivered_at, language)}
    if is_coming_home(parcel=parcel) or parcel.status == P.LOST:
        return str((UNDELIVERED_UNPAID if parcel.order.payment_method == CASH_ON_DELIVERY else UNDELIVERED_PAID)[parcel.status])
    if parcel.status in {P.PACKING, P.SHIPPED, P.PENDING} and parcel.deliver_from and parcel.deliver_until:
        return _("Nhận dự kiến %(days)s") % {"days": days_between(parcel.deliver_from, parcel.deliver_until)}
    return ""


def _events(events: list[ParcelEvent], parcel: Parcel) -> list[dict[str, object]]:
    """Newest first, as they were recorded; the newest one is where the parcel is now."""
    is_over = parcel.status in STOPPED | {P.DELIVERED, P.CLOSED}
    return [
        {
            "text": _event_text(event),
            "at": event.at,
            "state": "now" if index == 0 and not is_over else "done",
        }
        for index, event in enumerate(events)
    ]


def _is_expired(parcel: Parcel) -> bool:
    """Whether the end of its hold was the last that happened to it; its events were read newest first."""
    newest = next(iter(parcel.events.all()), None)
    return parcel.status == P.CANCELLED and newest is not None and newest.note == EXPIRED_NOTE


def _event_text(event: ParcelEvent) -> str:
    if event.note == EXPIRED_NOTE:
        return str(EVENT_TEXTS[EXPIRED_NOTE])
    if event.from_status == event.to_status and event.note == PACKED_NOTE:
        return str(EVENT_TEXTS[PACKED_NOTE])
    return str(EVENT_TEXTS[P(event.to_status)])


def _line(line: Line, parcel: Parcel, returnable: int) -> StoryLine:
    path = reverse("storefront:verify", args=[line.certificate_code]) if line.certificate_code else ""
    bought_on = parcel.created_at.astimezone(SHOP_TIME_ZONE).date()
    product = line.product
    return StoryLine(
        line=line,
        title=marked_name(line.title, line.title_en),
        unit=marked_name(line.unit, line.unit_en),
        check_url=f"{path}?ngay={bought_on:%Y-%m-%d}" if path else "",
        product=(product.parent or product) if product else None,
        returnable=returnable,
    )
