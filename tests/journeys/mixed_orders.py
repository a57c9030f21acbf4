"""A world of mixed orders: three ways to pay, carriers and own hands, households and companies, refunds in parts, payouts."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from shop.common import clock
from shop.domain.ordering.attempts import begin_attempt
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refund_promises import Cause, write_refund
from shop.domain.ordering.refunding import settle_by_hand, submit_due_refunds
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.registry import PROVIDERS
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.bank_file import file_rows
from shop.domain.payouts.models import PayoutBatch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.payouts.settling import Answer, settle_payouts
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.domain.vouchers.judging import VoucherRefused
from tests.factories import make_listing, make_officer, make_order, make_producer
from tests.factories.ledger import make_rate, make_rule
from tests.factories.payments import PrepaidForTests, money_for
from tests.factories.payouts import PERSON_CODE, deliver, look_at_books, make_bank_account
from tests.factories.transfers import make_transfer, open_account
from tests.factories.vouchers import make_producers_voucher, make_voucher, order_with

COMMISSION, INCOME_TAX = "7", "0.5"
SHARED = "CHUNG2026"
KINDS = ("cooperative", "enterprise", "household_business")
FATES = ("old", "old", "old", "old", "young", "waits", "cancelled")


@dataclass
class MixedWorld:
    """Sellers, dice, and what only those who played along know: households, who brought what, who gave which voucher."""

    dice: random.Random
    listings: dict[int, object] = field(default_factory=dict)
    households: set[int] = field(default_factory=set)
    brought_by_producer: set[int] = field(default_factory=set)
    # Orders whose voucher its producer pays for; the shop pays for all others.
    given_by_producer: set[int] = field(default_factory=set)
    transfers: int = 0


def make_world(*, seed, sellers, stock, settings, monkeypatch):
    """Sellers with one product and a cooled bank account each; every way to pay is open."""
    open_account(settings)
    settings.UNPAID_ORDERS_MAX = stock
    card = PrepaidForTests()
    card.method = "card"
    monkeypatch.setitem(PROVIDERS, "card", card)
    make_rule(COMMISSION)
    make_rate(1, INCOME_TAX)
    world = MixedWorld(random.Random(seed))  # noqa: S311 -- a round that can be played again
    for number in range(sellers):
        kind = KINDS[number % len(KINDS)]
        producer = make_producer(f"Chủ thể {number}", kind=kind)
        is_household = kind == "household_business"
        make_bank_account(producer, **({"legal_form": "household", "tax_code": PERSON_CODE} if is_household else {}))
        world.listings[producer.pk] = make_listing(
            f"Hàng {number}", producer=producer, price_vnd=71_357 + 10_007 * number, stock=stock
        )
        world.households |= {producer.pk} if is_household else set()
        make_producers_voucher(producer, f"NHA{producer.pk}", percent=15)
    # Fewer uses than orders that want it.
    make_voucher(SHARED, percent=20, cap_vnd=33_333, limit_total=stock // 80)
    return world


def live(world, orders):
    """So many orders of one to three producers; most are paid and delivered, some wait, some are cancelled."""
    for _ in range(orders):
        dice = world.dice
        chosen = dice.sample(sorted(world.listings), dice.randint(1, 3))
        method = dice.choice(("cod", "cod", "vietqr", "card"))
        order = _place(world, chosen, method)
        if method != "cod" and dice.random() < 0.9:
            _pay(world, order, method)
        _let_happen(world, order, dice.choice(FATES))
    close_due_parcels(now=clock.now(), at_most=3 * orders)


def _place(world, chosen, method):
    """Some with a voucher everybody shares, some with one of a producer in the order, most without."""
    lines = [(world.listings[pk], world.dice.randint(1, 6)) for pk in chosen]
    code = world.dice.choice(("", "", SHARED, f"NHA{chosen[0]}"))
    if not code:
        return make_order(*lines, payment_method=method)
    try:
        order = order_with(code, *lines, payment_method=method)
    except VoucherRefused:
        return make_order(*lines, payment_method=method)
    world.given_by_producer |= {order.pk} if code != SHARED else set()
    return order


def _pay(world, order, method):
    """A card at once; a transfer in one, in two, or twice as much as was asked for."""
    payment = begin_attempt(order_id=order.pk, now=clock.now())
    if method == "card":
        apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
        return
    first = world.dice.choice((payment.amount_vnd, payment.amount_vnd, 10_000, payment.amount_vnd + 7_000))
    for amount in (first, payment.amount_vnd - first):
        if amount > 0:
            world.transfers += 1
            make_transfer(amount, memo=order.number, reference=f"FT{world.transfers}")


def _let_happen(world, order, fate):
    parcels = list(Parcel.objects.filter(order=order).order_by("pk"))
    if fate == "cancelled":
        cancel_parcel(parcel_id=parcels[0].pk, reason="", actor=SYSTEM, now=clock.now())
    if fate == "waits":
        return
    carrier = world.dice.choice(("VNPost", "VNPost", "own"))
    deliver(order, days_ago=9 if fate == "old" else 2, carrier=carrier)
    order.refresh_from_db()
    if carrier == "own" and order.payment_method == "cod":
        world.brought_by_producer |= {parcel.pk for parcel in parcels}


def refund_some(world, *, key):
    """Parts of what was delivered go back, again and again for some; money by transfer and in cash is sent by hand."""
    for parcel in Parcel.objects.filter(status__in=["delivered", "closed"]).order_by("pk"):
        payment = Payment.objects.filter(order=parcel.order_id, captured_vnd__gt=0).first()
        if payment is None or world.dice.random() > 0.2:
            continue
        back = sum(Refund.objects.filter(parcel=parcel).values_list("amount_vnd", flat=True))
        most = min(parcel.total_vnd - back, payment.can_be_refunded_vnd)
        part = most if world.dice.random() < 0.2 else world.dice.randint(0, most)
        if part > 0:
            cause = Cause(f"{key}:{parcel.pk}", "goodwill", parcel)
            write_refund(payment=payment, amount_vnd=part, cause=cause, actor=SYSTEM, now=clock.now())
    submit_due_refunds(now=clock.now(), at_most=10_000)
    for refund in Refund.objects.filter(status="manual").order_by("pk"):
        settle_by_hand(refund_id=refund.pk, bank_reference=f"HT{refund.pk}", actor=SYSTEM, now=clock.now())


def pay_out(world):
    """One batch from preparing to the bank's answer; returns the rows of its file that the bank paid."""
    look_at_books()
    prepared = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    batch = approve_batch(batch_id=prepared.pk, actor=actor_of(user=make_officer()), now=clock.now())
    rows = [row for row in file_rows(batch=batch) if isinstance(row[0], int)]
    failed = {row[1] for row in rows if world.dice.random() < 0.3}
    answers = [Answer(payout.pk, payout.code not in failed, "FT1", "Sai tên") for payout in batch.payouts.filter(status="sent")]
    settle_payouts(batch_id=batch.pk, answers=answers, actor=SYSTEM, now=clock.now())
    PayoutBatch.objects.update(prepared_at=clock.now() - timedelta(days=8))
    return [row for row in rows if row[1] not in failed]
