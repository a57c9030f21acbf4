"""Returns at each step of their life."""

from io import BytesIO
from uuid import uuid4

from PIL import Image

from shop.common import clock
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
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.photos import clean_photo

from .ordering import make_order
from .payouts import deliver


def make_picture(*, size=(80, 60), kind="JPEG"):
    """The bytes of a picture as a phone makes it."""
    written = BytesIO()
    Image.new("RGB", size, "#7a9b5c").save(written, kind)
    return written.getvalue()


def make_photo():
    content = make_picture()
    return clean_photo(upload=BytesIO(content), size=len(content))


def make_delivered(*lines, days_ago=0, **order):
    """A parcel paid in cash and delivered so many days ago."""
    placed = make_order(*lines, **order)
    deliver(placed, days_ago=days_ago)
    return placed.parcels.get()


def make_return(parcel, *, units=1, reason="damaged", words="Gói bị rách", photos=1, now=None):
    """A request for units of the parcel's first line."""
    line = parcel.lines.order_by("pk").first()
    wanted = Wanted({line.pk: units}, reason, words, [make_photo() for _ in range(photos)])
    return ask_return(parcel_id=parcel.pk, form_key=uuid4(), wanted=wanted, actor=SYSTEM, now=now or clock.now())


def make_refused(parcel, **asked):
    found = make_return(parcel, **asked)
    return refuse_return(return_id=found.pk, refusal="Gói đã mở", actor=SYSTEM, now=clock.now())


def make_disputed(parcel, **asked):
    found = make_refused(parcel, **asked)
    return dispute_return(return_id=found.pk, dispute="Rách từ khi nhận", actor=SYSTEM, now=clock.now())


def make_sent_back(parcel, **asked):
    found = make_return(parcel, **asked)
    accept_return(return_id=found.pk, actor=SYSTEM, now=clock.now())
    return send_back(return_id=found.pk, tracking_number="VT123456", actor=SYSTEM, now=clock.now())


def make_received(parcel, **asked):
    found = make_sent_back(parcel, **asked)
    return receive_return(return_id=found.pk, restocked={}, actor=SYSTEM, now=clock.now())


def decide(found, verdict="full", *, actor=SYSTEM, words="Ảnh cho thấy rách", now=None, **more):
    """The office decides a disputed return."""
    decision = Decision(verdict, words, **more)
    return decide_return(return_id=found.pk, decision=decision, actor=actor, now=now or clock.now())
