"""Orders paid by card whose every report comes three times, shuffled, over eight connections."""

from collections import Counter

from django.test import override_settings

from shop.common import clock
from shop.domain.ledger.posting import balance_of
from shop.domain.notifications.bell import ring_bell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.attempts import begin_attempt
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.hearing import HEAR_TASK
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import MoneyAlert, Payment, WebhookEvent
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import SYSTEM
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


def pay_many(stand_in: StandIn, address: str, *, orders: int, live_on: bool = False) -> None:
    """Place and pay orders while nothing is told, then let everything be told at once.

    When they `live_on`, a quarter is disputed by its buyers' banks and another cancelled and given back before anything is told.
    """
    stand_in.deliveries.endpoints[:] = [Endpoint(f"{address}/callbacks/stripe/", SECRETS)]
    stand_in.deliveries.manner = Manner(copies=COPIES, shuffle_seconds=SHUFFLED_WITHIN_SECONDS, is_paused=True)
    tea = make_listing("Chè Tân Cương", stock=orders)
    with override_settings(STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=stand_in.base_url):
        for number in range(orders):
            order = make_order((tea, 1), payment_method="card", buyer_phone=f"+849{12_000_000 + number}")
            payment = begin_attempt(order_id=order.pk, now=clock.now())
            intent = turn(stand_in, f"sessions/{payment.provider_ref}/pay", card=SECURE, answer="approve")
            if live_on:
                FATES[number % len(FATES)](stand_in, payment, intent)
    poll_until(lambda: stand_in.account.catch_up() or everything_is_booked(stand_in), what="the stand-in booking all charges")
    stand_in.deliveries.manner = Manner()


def keep(stand_in: StandIn, payment: Payment, intent: dict) -> None:
    """Nothing happens to it."""


def win(stand_in: StandIn, payment: Payment, intent: dict, *, won: bool = True) -> None:
    """The bank asks for the money back and hears the shop."""
    dispute = turn(stand_in, "disputes", payment_intent=intent["id"])
    turn(stand_in, f"disputes/{dispute['id']}/close", won=won)


def lose(stand_in: StandIn, payment: Payment, intent: dict) -> None:
    """The bank keeps the money."""
    win(stand_in, payment, intent, won=False)


def cancel(stand_in: StandIn, payment: Payment, intent: dict) -> None:
    """The shop learns by asking that it was paid, and the buyer cancels."""
    apply_fact(payment_id=payment.pk, fact=PROVIDERS["card"].settle(payment_id=payment.pk, close=False), now=clock.now())
    for parcel in Parcel.objects.filter(order=payment.order_id):
        cancel_parcel(parcel_id=parcel.pk, reason="", actor=SYSTEM, now=clock.now())
    submit_due_refunds(now=clock.now())


FATES = (keep, win, cancel, keep, keep, lose, cancel, keep)


def everything_is_booked(stand_in: StandIn) -> bool:
    """Whether Stripe's side has come to rest."""
    return all(charge["balance_transaction"] for charge in stand_in.account.store.all("charge"))


def wait_until_heard(stand_in: StandIn, *, seconds: float = 240) -> None:
    """Until every report has arrived and been done."""
    poll_until(lambda: stand_in.deliveries.waiting() == 0, seconds=seconds, what="the last delivery")
    poll_until(is_all_done, seconds=seconds, every=1, what="the last report done")


def is_all_done() -> bool:
    """Whether nothing waits; what was put off is asked for again, as the scheduler would."""
    if WebhookEvent.objects.filter(state="new", available_at__lte=clock.now()).exists():
        ring_bell(HEAR_TASK)
    return not WebhookEvent.objects.filter(state="new").exists()


def what_is_wrong(stand_in: StandIn, *, orders: int, live_on: bool = False) -> list[str]:
    """Everything that is not as it should be; nothing when all went well."""
    fates = Counter(FATES[number % len(FATES)] if live_on else keep for number in range(orders))
    paid = Order.objects.filter(status="paid").count()
    over = Order.objects.filter(status="refunded").count()
    mails = OutboxMessage.objects.filter(kind="order_paid").count()
    events = sum(1 for _ in stand_in.account.store.all("event"))
    held = sum(booked["net"] for booked in stand_in.account.store.all("balance_transaction"))
    statuses = Counter(Payment.objects.values_list("status", flat=True))
    disputes = MoneyAlert.objects.filter(kind="dispute").count()
    found = {
        f"{paid} of {orders} orders are paid, {over} refunded": (paid, over) == (orders - fates[cancel], fates[cancel]),
        f"{mails} mails for {orders} orders": mails == orders,
        f"{WebhookEvent.objects.count()} rows for {events} events": WebhookEvent.objects.count() == events,
        f"payments are {dict(statuses)}": statuses
        == +Counter(succeeded=fates[keep], dispute_won=fates[win], dispute_lost=fates[lose], refunded=fates[cancel]),
        f"Stripe holds {held}, the books say {balance_of('gateway_clearing')}": balance_of("gateway_clearing") == held,
        f"{disputes} disputes are on the work list": disputes == fates[win] + fates[lose] == MoneyAlert.objects.count(),
    }
    return [fault for fault, is_well in found.items() if not is_well] + [str(broken) for broken in broken_invariants()]
