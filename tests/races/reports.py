"""Orders paid by card whose every report comes three times, shuffled, over eight connections."""

from django.test import override_settings

from shop.common import clock
from shop.domain.ledger.posting import balance_of
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.attempts import begin_attempt
from shop.domain.payments.models import MoneyAlert, Payment, WebhookEvent
from shop.fake_stripe.server import StandIn
from shop.fake_stripe.webhooks import Endpoint, Manner
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories.listings import make_listing
from tests.factories.ordering import make_order
from tests.fake_stripe.buying import SECURE, turn
from tests.fixtures.processes import poll_until
from tests.fixtures.stand_in import KEY, SECRETS

COPIES = 3
SHUFFLED_WITHIN_SECONDS = 4


def card_environment(stand_in: StandIn) -> dict[str, str]:
    """What the shop's processes are told of the stand-in."""
    return {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": ",".join(SECRETS), "STRIPE_API_BASE": stand_in.base_url}


def pay_many(stand_in: StandIn, address: str, *, orders: int) -> None:
    """Place and pay orders while nothing is told, then let everything be told at once."""
    stand_in.deliveries.endpoints[:] = [Endpoint(f"{address}/callbacks/stripe/", SECRETS)]
    stand_in.deliveries.manner = Manner(copies=COPIES, shuffle_seconds=SHUFFLED_WITHIN_SECONDS, is_paused=True)
    tea = make_listing("Chè Tân Cương", stock=orders)
    with override_settings(STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=stand_in.base_url):
        for number in range(orders):
            order = make_order((tea, 1), payment_method="card", buyer_phone=f"+849{12_000_000 + number}")
            payment = begin_attempt(order_id=order.pk, now=clock.now())
            turn(stand_in, f"sessions/{payment.provider_ref}/pay", card=SECURE, answer="approve")
    poll_until(lambda: stand_in.account.catch_up() or everything_is_booked(stand_in), what="the stand-in booking all charges")
    stand_in.deliveries.manner = Manner()


def everything_is_booked(stand_in: StandIn) -> bool:
    """Whether Stripe's side has come to rest."""
    return all(charge["balance_transaction"] for charge in stand_in.account.store.all("charge"))


def wait_until_heard(stand_in: StandIn, *, seconds: float = 240) -> None:
    """Until every report has arrived and been done."""
    poll_until(lambda: stand_in.deliveries.waiting() == 0, seconds=seconds, what="the last delivery")
    poll_until(lambda: not WebhookEvent.objects.filter(state="new").exists(), seconds=seconds, what="the last report done")


def what_is_wrong(stand_in: StandIn, *, orders: int) -> list[str]:
    """Everything that is not as it should be; nothing when all went well."""
    paid = Order.objects.filter(status="paid").count()
    mails = OutboxMessage.objects.filter(kind="order_paid").count()
    events = sum(1 for _ in stand_in.account.store.all("event"))
    captured = sum(Payment.objects.filter(status="succeeded").values_list("captured_vnd", flat=True))
    fees = sum(booked["fee"] for booked in stand_in.account.store.all("balance_transaction"))
    found = {
        f"{paid} of {orders} orders are paid": paid == orders,
        f"{mails} mails for {orders} orders": mails == orders,
        f"{WebhookEvent.objects.count()} rows for {events} events": WebhookEvent.objects.count() == events,
        f"captured {captured}, the books say {balance_of('gateway_clearing')} after fees of {fees}": (
            balance_of("gateway_clearing") == captured - fees
        ),
        "something is on the work list": not MoneyAlert.objects.exists(),
    }
    return [fault for fault, is_well in found.items() if not is_well] + [str(broken) for broken in broken_invariants()]
