"""Orders paid by card at the stand-in, and what it reports of them."""

from shop.common import clock
from shop.domain.ordering.attempts import begin_attempt
from shop.domain.ordering.hearing import hear_next
from shop.domain.payments.inbox import Report, write_down
from shop.domain.payments.models import Payment
from tests.fake_stripe.buying import GOOD, turn

from .listings import make_listing
from .ordering import make_order


def make_card_order(*lines, **changes):
    """An order that waits for a card; of one pack of tea when nothing else is said."""
    return make_order(*(lines or [(make_listing("Chè Tân Cương", stock=5), 2)]), payment_method="card", **changes)


def open_page(order) -> Payment:
    """What the button «pay by card» does."""
    return begin_attempt(order_id=order.pk, now=clock.now())


def pay_by_card(stand_in, order, card=GOOD, **answer) -> Payment:
    """Open the page and try a card on it; the shop has heard nothing yet."""
    payment = open_page(order)
    turn(stand_in, f"sessions/{payment.provider_ref}/pay", card=card, **answer)
    return payment


def report_of(event: dict) -> Report:
    """An event of the stand-in as the shop writes it down."""
    about = event["data"]["object"]
    return Report("stripe", event["id"], event["type"], about["id"], event["livemode"], event)


def tell_all(stand_in, *, now=None) -> int:
    """Report everything that has happened at the stand-in, and let a worker do it; returns how much there was."""
    now = now or clock.now()
    events = list(stand_in.account.store.all("event"))
    for event in events:
        write_down(report=report_of(event), now=now)
    while hear_next(now=now):
        pass
    return len(events)
