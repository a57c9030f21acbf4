"""A return in each of its main states, so that the three desks have something to look at.

Made up as the rest of the demonstration, of parcels that were delivered two days ago.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from PIL import Image

from shop.domain.ordering.refund_accounts import Whereto, declare_refund_account
from shop.domain.ordering.return_deciding import Decision, decide_return
from shop.domain.ordering.returning import (
    Wanted,
    accept_return,
    ask_return,
    dispute_return,
    receive_return,
    refuse_return,
    send_back,
)
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.photos import clean_photo
from shop.oscar_forks.partner.models import Partner

from .sales import bring, find_sellable, place

DELIVERED = timedelta(days=2)
ANSWERED = timedelta(days=1)
Step = Callable[[ReturnRequest, datetime], None]


def play_returns(*, producer: Partner, now: datetime) -> list[ReturnRequest]:
    """Deliver one parcel for each state and take its return there, once; nothing without goods to sell."""
    first = uuid5(NAMESPACE_URL, "demo-return-0")
    record = find_sellable(producer, orders=len(STATES), today=(now - DELIVERED).date())
    if record is None or ReturnRequest.objects.filter(form_key=first).exists():
        return []
    played = []
    for number, steps in enumerate(STATES):
        order = place(record, method="cod", name=f"return-{number}", now=now - DELIVERED)
        bring(order, carrier="VNPost", now=now - DELIVERED)
        asked = _ask(Parcel.objects.get(order=order), number, now - ANSWERED)
        for step in steps:
            step(asked, now)
        asked.refresh_from_db()
        played.append(asked)
    return played


def _ask(parcel: Parcel, number: int, now: datetime) -> ReturnRequest:
    line = parcel.lines.get()
    wanted = Wanted({line.pk: 1}, "damaged", "MẪU – Gói bị rách khi nhận.", [_picture()])
    key = uuid5(NAMESPACE_URL, f"demo-return-{number}")
    return ask_return(parcel_id=parcel.pk, form_key=key, wanted=wanted, actor=SYSTEM, now=now)


def _picture() -> ContentFile:
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "#c9b48a").save(drawn, "JPEG")
    return clean_photo(upload=drawn, size=drawn.tell())


def _accept(asked: ReturnRequest, now: datetime) -> None:
    accept_return(return_id=asked.pk, actor=SYSTEM, now=now)


def _refuse(asked: ReturnRequest, now: datetime) -> None:
    refuse_return(return_id=asked.pk, refusal="MẪU – Gói đã mở.", actor=SYSTEM, now=now)


def _dispute(asked: ReturnRequest, now: datetime) -> None:
    dispute_return(return_id=asked.pk, dispute="MẪU – Ảnh chụp ngay khi nhận.", actor=SYSTEM, now=now)


def _send_back(asked: ReturnRequest, now: datetime) -> None:
    send_back(return_id=asked.pk, tracking_number=f"MAU{asked.pk:06}", actor=SYSTEM, now=now)


def _receive(asked: ReturnRequest, now: datetime) -> None:
    whereto = Whereto("970436", f"0000{asked.pk:08}", "TAI KHOAN MAU")
    declare_refund_account(order_id=asked.parcel.order_id, whereto=whereto, actor=SYSTEM, now=now)
    receive_return(return_id=asked.pk, restocked={}, actor=SYSTEM, now=now)


def _reject(asked: ReturnRequest, now: datetime) -> None:
    decision = Decision("none", "MẪU – Ảnh không cho thấy hàng hỏng.")
    decide_return(return_id=asked.pk, decision=decision, actor=SYSTEM, now=now)


STATES: tuple[tuple[Step, ...], ...] = (
    (),
    (_accept,),
    (_refuse,),
    (_refuse, _dispute),
    (_accept, _send_back),
    (_accept, _send_back, _receive),
    (_refuse, _dispute, _reject),
)
