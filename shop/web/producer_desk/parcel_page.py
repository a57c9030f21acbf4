"""What the page of one parcel shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shop.common.promises import DELIVERED_AFTER_DAYS
from shop.domain.ledger.earnings import NEVER_EARNED
from shop.domain.ordering.undelivered import is_coming_home
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.recipients import recipient_of
from shop.domain.parcels.transitions import ALLOWED, PACKED_NOTE
from shop.domain.producers.models import Membership
from shop.domain.returns.words import STATES

from .headings import PACKED_NAME, PAYMENT_NAMES, STATUS_KINDS, STATUS_NAMES
from .rows import deadline_of, title_of

S = Parcel.Status
# Nothing more happens to it.
OVER = frozenset({S.CLOSED, S.DECLINED, S.CANCELLED, S.RETURNED, S.LOST})


@dataclass(frozen=True)
class Step:
    text: str | Promise
    state: str


@dataclass(frozen=True)
class Happening:
    """One line of the log; people of other houses stay nameless."""

    text: str
    at: datetime
    state: str
    note: str


@dataclass(frozen=True)
class PackLine:
    """What to put into the box, with the star it was sold under."""

    line: Any
    product: Any
    title: str


def parcel_context(parcel: Parcel, *, now: datetime) -> dict[str, Any]:
    """Everything about a parcel that was read with `recipient_is_known`, its lines and events."""
    status = S(parcel.status)
    is_packed = status == S.PACKING and parcel.packed_at is not None
    next_states = ALLOWED[status]
    return {
        "parcel": parcel,
        "status_name": PACKED_NAME if is_packed else STATUS_NAMES[status],
        "status_kind": STATUS_KINDS.get(status, ""),
        "payment_name": PAYMENT_NAMES.get(parcel.order.payment_method, parcel.order.payment_method),
        "lines": [PackLine(line, line.product, title_of(line)) for line in parcel.lines.all()],
        "has_alcohol": any(line.product is not None and line.product.is_alcohol for line in parcel.lines.all()),
        "recipient": recipient_of(parcel),
        "split": parcel.split,
        "earns_nothing": status in NEVER_EARNED or is_coming_home(parcel=parcel),
        "returns": [(asked.pk, STATES[asked.state]) for asked in parcel.returns.order_by("-pk")],
        "deadline": deadline_of(parcel, now=now),
        "steps": _steps(parcel),
        "events": _happenings(parcel),
        "can_confirm": status == S.TO_CONFIRM,
        "can_decline": S.DECLINED in next_states,
        "can_pack": status == S.PACKING and not is_packed,
        "can_ship": S.SHIPPED in next_states,
        "can_deliver": status == S.SHIPPED and parcel.is_own_delivery,
        "comes_home": is_coming_home(parcel=parcel),
        "waits_for_buyer": status == S.SHIPPED and not parcel.is_own_delivery,
        "delivered_after_days": DELIVERED_AFTER_DAYS,
    }


def _steps(parcel: Parcel) -> list[Step]:
    reached = [
        (pgettext_lazy("step", "Đặt hàng"), True),
        (pgettext_lazy("step", "Xác nhận"), parcel.confirmed_at is not None),
        (pgettext_lazy("step", "Đóng gói"), parcel.packed_at is not None),
        (pgettext_lazy("step", "Bàn giao"), parcel.shipped_at is not None),
        (pgettext_lazy("step", "Đã nhận"), parcel.delivered_at is not None),
    ]
    current = next((index for index, (_name, done) in enumerate(reached) if not done), None)
    if parcel.status in {S.DECLINED, S.CANCELLED, S.RETURNING, S.RETURNED, S.LOST}:
        current = None
    return [Step(name, "done" if done else "now" if index == current else "") for index, (name, done) in enumerate(reached)]


def _happenings(parcel: Parcel) -> list[Happening]:
    colleagues = set(Membership.objects.filter(producer=parcel.producer_id).values_list("user_id", flat=True))
    newest_first = sorted(parcel.events.all(), key=lambda event: (event.at, event.pk), reverse=True)
    return [_happening(event, parcel, colleagues, is_newest=index == 0) for index, event in enumerate(newest_first)]


def _happening(event: ParcelEvent, parcel: Parcel, colleagues: set[int], *, is_newest: bool) -> Happening:
    is_packed = event.note == PACKED_NOTE
    text = str(PACKED_NAME if is_packed else STATUS_NAMES[S(event.to_status)])
    if event.actor_id in colleagues:
        text = f"{text} – {event.actor}"
    elif event.actor_id is None and event.from_status:
        text = f"{text} – {_('hệ thống')}"
    # Why a parcel was called off stands on the parcel, where it can be forgotten with the buyer.
    note = parcel.reason if event.to_status in {S.DECLINED, S.CANCELLED} else event.note
    is_now = is_newest and parcel.status not in OVER
    return Happening(text, event.at, "now" if is_now else "done", "" if is_packed else note)
