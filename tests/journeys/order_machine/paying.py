"""Money comes by card and by transfer, in parts, twice, late and for nothing, and goes back; the machine counts along."""

from django.db import transaction
from django.db.models import F, Q, Sum
from hypothesis import strategies as st
from hypothesis.stateful import rule

from shop.domain.ledger.accounts import BANK
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.attempts import NothingToPay, begin_attempt, close_unwanted_attempts, exchange_method, reconcile
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.deriving import DROPPED
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.facts import facts_of_order
from shop.domain.ordering.locking import lock_order_of_payment
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refund_promises import Cause, RefundTooLarge, left_to_refund, write_refund
from shop.domain.ordering.refunding import resubmit_refund, settle_by_hand, submit_due_refunds
from shop.domain.ordering.transfer_returns import NothingToReturn, return_surplus, surplus_of
from shop.domain.ordering.transfers import Arrival, take_transfer
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import BankTransfer, MoneyAlert, Payment, Refund
from shop.domain.payments.provider import PaymentRefused
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order
from tests.factories.payments import money_for

from .stage import WHICH, Stage, pick

# What a hand may do with an amount: as asked for, a part, one đồng too little or too much, all of it once more.
OFF = st.sampled_from((0, 0, 0, -10_000, -1, 1, 7_000))


class Paying(Stage):
    """Attempts, transfers, refunds and the work of the worker."""

    def open_paper(self):
        super().open_paper()
        self.card_money: dict[int, int] = {}
        self.transfers: dict[str, int] = {}
        self.left_the_bank = 0
        self.world.card.paid, self.world.card.contested = set(), set()

    @rule(which=WHICH)
    def press_pay(self, which):
        order = pick(list(Order.objects.filter(status="awaiting_payment").order_by("pk")), which)
        if order is not None:
            self.act(begin_attempt, refusals=(NothingToPay,), is_whole=False, order_id=order.pk, now=self.now)

    @rule(which=WHICH)
    def pay_and_receive(self, which):
        """The usual way, without a detour: every order that waits for money is paid, and one parcel delivered."""
        for order in Order.objects.filter(status="awaiting_payment").order_by("pk"):
            payment = self.act(begin_attempt, refusals=(NothingToPay,), is_whole=False, order_id=order.pk, now=self.now)
            if payment is not None:
                of_its_kind = Payment.objects.filter(method=payment.method, pk__lt=payment.pk)
                pay = self.pay_by_card if payment.method == "card" else self.transfer
                rest = {"is_told": True} if payment.method == "card" else {"is_told_again": False, "names_it": True}
                pay(which=of_its_kind.exclude(provider_ref="").count(), off=0, **rest)
        self.send_off(which)

    @rule(which=WHICH, off=OFF, is_told=st.booleans())
    def pay_by_card(self, which, off, is_told):
        """Of an attempt that is open, over, or paid already; the shop is told, or has to ask."""
        payment = pick(list(Payment.objects.filter(method="card").exclude(provider_ref="").order_by("pk")), which)
        if payment is None:
            return
        if off == 0:
            self.card_money[payment.pk] = payment.amount_vnd
            self.world.card.paid.add(payment.pk)
        if is_told or off:
            fact = money_for(payment, captured=payment.amount_vnd + off)
            self.act(apply_fact, payment_id=payment.pk, fact=fact, now=self.now)

    @rule(which=WHICH, off=OFF, is_told_again=st.booleans(), names_it=st.booleans())
    def transfer(self, which, off, is_told_again, names_it):
        """A movement on the account, told once or twice; as the bank does, until the shop has it."""
        attempts = Payment.objects.filter(method="vietqr").exclude(provider_ref="").select_related("order").order_by("pk")
        payment = pick(list(attempts), which)
        if payment is None:
            return
        reference = f"FT{len(self.transfers)}"
        amount_vnd = payment.amount_vnd + off
        arrival = Arrival(reference, amount_vnd, payment.order.number if names_it else "mua che", self.now)
        self.transfers[reference] = amount_vnd
        times = 0
        while times < 1 + is_told_again:
            words = {"arrival": arrival, "source": BankTransfer.Source.FEED}
            times += self.act(take_transfer, is_whole=False, now=self.now, **words) is not None

    @rule(which=WHICH, method=st.sampled_from(("card", "vietqr")))
    def pay_another_way(self, which, method):
        order = pick(list(Order.objects.filter(status="awaiting_payment").order_by("pk")), which)
        if order is not None:
            words = {"order_id": order.pk, "method": method, "facts": facts_of_order(order=order)}
            self.act(exchange_method, refusals=(NothingToPay, PaymentRefused), is_whole=False, now=self.now, **words)

    @rule()
    def let_the_worker_work(self):
        """What the scheduler asks for every minute."""
        for work in (expire_due_orders, close_unwanted_attempts, reconcile, submit_due_refunds, close_due_parcels):
            self.act(work, is_whole=False, now=self.now)

    @rule(which=WHICH, percent=st.sampled_from((1, 34, 100)))
    def refund_a_part(self, which, percent):
        """Of a parcel that was delivered: any part, any number of times, never more than came for it."""
        paid = Payment.objects.filter(captured_vnd__gt=F("promised_back_vnd")).values("order")
        parcel = pick(list(Parcel.objects.filter(order__in=paid, delivered_at__isnull=False).order_by("pk")), which)
        if parcel is not None:
            words = {"parcel": parcel, "percent": percent, "number": self.changes}
            self.act(refund_part, refusals=(RefundTooLarge,), now=self.now, **words)
            self.send_by_hand(which, asks_again=False)

    @rule(which=WHICH, asks_again=st.booleans())
    def send_by_hand(self, which, asks_again):
        """What no provider gives back an officer sends at the bank, once the worker has tried, or has it tried again."""
        self.act(submit_due_refunds, is_whole=False, now=self.now)
        refund = pick(list(Refund.objects.filter(status__in=["manual", "failed"], called_off_at=None).order_by("pk")), which)
        if refund is not None and refund.status == "failed" and asks_again:
            self.act(resubmit_refund, refund_id=refund.pk, actor=self.world.officer, now=self.now)
        elif refund is not None:
            words = {"refund_id": refund.pk, "bank_reference": f"HT{refund.pk}", "actor": self.world.officer}
            done = self.act(settle_by_hand, now=self.now, **words)
            self.left_the_bank += refund.amount_vnd if done is not None else 0

    @rule(which=WHICH)
    def send_a_surplus_back(self, which):
        alerts = MoneyAlert.objects.filter(kind__in=["overpaid", "underpaid"], closed_at__isnull=True)
        alert = pick(list(alerts.select_related("payment").order_by("pk")), which)
        if alert is not None:
            held_vnd = surplus_of(payment=alert.payment)
            words = {"alert_id": alert.pk, "amount_vnd": held_vnd, "bank_reference": "HT", "actor": self.world.officer}
            done = self.act(give_surplus_back, refusals=(NothingToReturn,), now=self.now, **words)
            self.left_the_bank += held_vnd if done else 0

    def check_paper(self):
        """Every đồng that came stands in the books once; none is kept for goods that nobody gets."""
        super().check_paper()
        for payment in Payment.objects.filter(method="card"):
            came_vnd = self.card_money.get(payment.pk, 0)
            assert payment.captured_vnd in {0, came_vnd}, f"{payment.captured_vnd} captured, {came_vnd} came"
        assert balance_of(BANK) == sum(self.transfers.values()) - self.left_the_bank
        for order in Order.objects.exclude(payment_method="cod"):
            kept = order.payments.aggregate(sum=Sum(F("captured_vnd") - F("promised_back_vnd"), default=0))["sum"]
            never_came = Q(status__in=["returned", "lost"], delivered_at=None)
            coming = order.parcels.exclude(status__in=DROPPED).exclude(never_came)
            live = coming.aggregate(sum=Sum("total_vnd", default=0))["sum"]
            is_over = order.status in {"expired", "cancelled", "refunded"}
            assert is_over or coming.exists(), f"{order.status}, and nothing of it comes or came"
            # What a dispute took goes back once only: a parcel that is dropped afterwards brings its buyer nothing more.
            lost = sum(self.taken_of(pk, "dispute_lost") for pk in order.payments.values_list("pk", flat=True))
            assert 0 <= kept <= (0 if is_over else live) + lost, f"{kept} kept for {live}, {order.status}"
        standing = Refund.objects.filter(called_off_at=None).values("payment", "payment__captured_vnd")
        for refund in standing.annotate(sum=Sum("amount_vnd")):
            assert refund["sum"] <= refund["payment__captured_vnd"]


@transaction.atomic
def refund_part(*, parcel, percent, number, now):
    """A goodwill refund of so many percent of a parcel, at least a đồng."""
    payment_id = Payment.objects.filter(order=parcel.order_id, captured_vnd__gt=0).values_list("pk", flat=True).first()
    _, payment = lock_order_of_payment(payment_id=payment_id)
    left_vnd = left_to_refund(payment=payment, parcel=parcel)
    amount_vnd = min(max(1, parcel.total_vnd * percent // 100), left_vnd)
    cause = Cause(f"machine:{parcel.pk}:{number}", Refund.Reason.GOODWILL, parcel)
    return write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=SYSTEM, now=now)


def give_surplus_back(**words):
    return_surplus(**words)
    return True
