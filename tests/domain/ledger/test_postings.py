"""Each thing that happens to money, told to the books once and twice."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.models import Account, Entry, Transaction
from shop.domain.ledger.posting import balance_of, lock_owed
from shop.domain.ledger.postings import CashHolder
from shop.domain.ledger.postings.capturing import SplitMissing
from shop.domain.ledger.reversing import MoreThanPaid
from tests.factories import make_listing, make_order, make_producer
from tests.factories.ledger import capture_order, make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    """Tea of a cooperative and honey of a household, 7 % commission: two parcels with every side but a discount."""
    make_rule(7)
    honey = make_listing("Mật ong", price_vnd=290_500, producer=make_producer("Hộ Ong", kind="household_business"))
    return make_order((make_listing(price_vnd=185_000), 2), (honey, 1))


@pytest.fixture
def honey(order):
    return order.parcels.get(producer__name="Hộ Ong")


def sides(key):
    found = Entry.objects.filter(transaction__key=key).values_list("account", "amount_vnd")
    sums = {}
    for account, amount in found:
        sums[account] = sums.get(account, 0) + amount
    return sums


def refund(parcel, refund_id, amount):
    return postings.refund(
        refund_id=refund_id,
        parcel_id=parcel.pk,
        amount_vnd=amount,
        payment_id=parcel.order.payments.get().pk,
        now=clock.now(),
    )


def test_a_capture_divides_the_order_as_it_was_frozen(order, honey):
    payment = order.payments.get()
    capture_order(order)
    tea = order.parcels.exclude(pk=honey.pk).get()

    assert sides(f"capture:{payment.pk}") == {
        "gateway_clearing": tea.total_vnd + honey.total_vnd,
        f"producer_held:{tea.producer_id}": -(370_000 - 25_900 + tea.shipping_vnd),
        f"producer_held:{honey.producer_id}": -(290_500 - 20_335 - 2_905 - 1_453 + honey.shipping_vnd),
        "commission": -(25_900 + 20_335),
        "tax_withheld": -(2_905 + 1_453),
    }
    assert capture_order(order).pk == Transaction.objects.get().pk


def test_what_belongs_to_no_live_parcel_is_due_back(order, honey):
    postings.capture(
        payment_id=7,
        order_id=order.pk,
        account="bank",
        amount_vnd=int(order.total_incl_tax),
        parcel_ids=[honey.pk],
        now=clock.now(),
    )
    assert balance_of("refund_due") == -(int(order.total_incl_tax) - honey.total_vnd)

    postings.capture(payment_id=8, order_id=order.pk, account="bank", amount_vnd=9_000, parcel_ids=[], now=clock.now())
    assert sides("capture:8") == {"bank": 9_000, "refund_due": -9_000}


def test_too_little_stays_seen(order, honey):
    paid = {"payment_id": 7, "order_id": order.pk, "account": "bank", "now": clock.now()}
    with pytest.raises(SplitMissing):
        postings.capture(amount_vnd=honey.total_vnd, parcel_ids=[honey.pk, 999_999], **paid)
    postings.capture(amount_vnd=honey.total_vnd - 1, parcel_ids=[honey.pk], **paid)

    assert balance_of("refund_due") == 1


def test_cash_is_with_the_carrier_until_it_is_handed_in(order, honey):
    postings.deliver_cash(parcel_id=honey.pk, payment_id=1, holder=CashHolder.CARRIER, now=clock.now())
    postings.hand_in_cash(hand_in_id=1, amount_vnd=honey.total_vnd, now=clock.now())

    assert (balance_of("cod_carrier"), balance_of("bank")) == (0, honey.total_vnd)
    assert balance_of(f"producer_held:{honey.producer_id}") == -honey.split.producer_vnd


def test_a_producer_who_took_the_cash_owes_commission_and_tax(order, honey):
    postings.deliver_cash(parcel_id=honey.pk, payment_id=1, holder=CashHolder.PRODUCER, now=clock.now())
    for _ in range(2):
        postings.clear(parcel_id=honey.pk, now=clock.now())

    assert balance_of(f"cod_producer:{honey.producer_id}") == 0
    assert balance_of(f"producer_held:{honey.producer_id}") == 0
    assert balance_of(f"producer_payable:{honey.producer_id}") == honey.split.commission_vnd + honey.split.tax_vnd


def test_clearing_moves_what_is_left_and_a_later_refund_takes_it_from_there(order, honey):
    capture_order(order)
    refund(honey, 1, 100_000)
    postings.clear(parcel_id=honey.pk, now=clock.now())
    refund(honey, 2, honey.total_vnd - 100_000)

    assert balance_of(f"producer_held:{honey.producer_id}") == 0
    assert balance_of(f"producer_payable:{honey.producer_id}") == 0
    assert balance_of("refund_due") == -honey.total_vnd
    assert balance_of("tax_withheld") == 0


def test_a_refund_after_the_payout_is_carried_as_a_debt(order, honey):
    capture_order(order)
    postings.clear(parcel_id=honey.pk, now=clock.now())
    owed = honey.split.producer_vnd
    postings.pay_out(payout_id=1, producer_id=honey.producer_id, amount_vnd=owed, now=clock.now())
    refund(honey, 1, honey.total_vnd)

    assert balance_of(f"producer_payable:{honey.producer_id}") == owed
    postings.return_payout(payout_id=1, producer_id=honey.producer_id, amount_vnd=owed, now=clock.now())
    assert balance_of(f"producer_payable:{honey.producer_id}") == 0


def test_what_is_owed_is_asked_under_a_lock(order, honey):
    assert lock_owed(producer_id=honey.producer_id) == 0
    # There is something to lock before anything was owed.
    assert Account.objects.filter(pk=f"producer_payable:{honey.producer_id}").exists()
    capture_order(order)
    postings.clear(parcel_id=honey.pk, now=clock.now())

    assert lock_owed(producer_id=honey.producer_id) == honey.split.producer_vnd


def test_a_refund_of_a_parcel_nobody_paid_posts_nothing(order, honey):
    assert refund(honey, 1, honey.total_vnd) is None
    assert postings.refund(refund_id=2, parcel_id=None, amount_vnd=5_000, payment_id=1, now=clock.now()) is None
    assert postings.clear(parcel_id=honey.pk, now=clock.now()) is None


def test_nobody_gets_back_more_than_was_paid(order, honey):
    capture_order(order)
    refund(honey, 1, honey.total_vnd - 10)

    for amount in (11, -1):
        with pytest.raises(MoreThanPaid):
            refund(honey, 2, amount)
    assert refund(honey, 1, 999_999_999).pk == refund(honey, 1, 1).pk


def test_a_withdrawn_refund_gives_every_side_its_share_again(order, honey):
    capture_order(order)
    refund(honey, 1, 77_777)
    postings.clear(parcel_id=honey.pk, now=clock.now())
    for _ in range(2):
        postings.withdraw_refund(refund_id=1, now=clock.now())

    assert balance_of("refund_due") == 0
    assert balance_of(f"producer_payable:{honey.producer_id}") == -honey.split.producer_vnd
    assert postings.withdraw_refund(refund_id=9, now=clock.now()) is None
    refund(honey, 2, honey.total_vnd)
    assert balance_of(f"producer_payable:{honey.producer_id}") == 0


def test_a_paid_refund_is_owed_no_more(order, honey):
    capture_order(order)
    refund(honey, 1, 5_000)
    for _ in range(2):
        postings.pay_refund(
            refund_id=1, order_id=order.pk, payment_id=1, account="gateway_clearing", amount_vnd=5_000, now=clock.now()
        )

    assert balance_of("refund_due") == 0
    assert balance_of("gateway_clearing") == int(order.total_incl_tax) - 5_000


def test_a_refund_that_came_back_is_due_again_and_may_be_paid_once_more(order, honey):
    capture_order(order)
    refund(honey, 1, 5_000)
    out = {"refund_id": 1, "order_id": order.pk, "payment_id": 1, "amount_vnd": 5_000, "now": clock.now()}
    assert postings.take_back_refund(refund_id=1, now=clock.now()) is None
    postings.pay_refund(account="gateway_clearing", **out)
    for _ in range(2):
        postings.take_back_refund(refund_id=1, now=clock.now())
    assert balance_of("refund_due") == -5_000
    for _ in range(2):
        postings.pay_refund(account="bank", **out)

    assert (balance_of("refund_due"), balance_of("bank")) == (0, -5_000)
    assert balance_of("gateway_clearing") == int(order.total_incl_tax)


def test_fees_settlements_and_strange_transfers_find_their_place(order):
    postings.charge_fee(event_id="txn_1", amount_vnd=4_000, now=clock.now())
    postings.settle_gateway(settlement_id="po_1", amount_vnd=90_000, now=clock.now())
    postings.receive_unallocated(transfer_id="FT1", amount_vnd=50_000, now=clock.now())
    postings.return_unallocated(transfer_id="FT1", amount_vnd=50_000, now=clock.now())
    postings.receive_unallocated(transfer_id="FT2", amount_vnd=int(order.total_incl_tax), now=clock.now())
    capture_order(order, account="unallocated")

    assert balance_of("unallocated") == 0
    assert balance_of("gateway_clearing") == -94_000
    assert balance_of("bank") == 90_000 + int(order.total_incl_tax)


class TestDisputes:
    def opened(self, order, amount=None):
        capture_order(order)
        return postings.open_dispute(
            dispute_id="dp_1",
            order_id=order.pk,
            payment_id=order.payments.get().pk,
            amount_vnd=amount or int(order.total_incl_tax),
            now=clock.now(),
        )

    def test_won_it_is_as_before(self, order):
        self.opened(order)
        assert balance_of("disputed") == order.total_incl_tax
        postings.win_dispute(dispute_id="dp_1", now=clock.now())

        assert (balance_of("disputed"), balance_of("gateway_clearing")) == (0, order.total_incl_tax)

    def test_lost_the_parcels_bear_it(self, order, honey):
        self.opened(order)
        for _ in range(2):
            postings.lose_dispute(dispute_id="dp_1", now=clock.now())

        for account in ("disputed", "commission", "tax_withheld", f"producer_held:{honey.producer_id}", "gateway_fee"):
            assert balance_of(account) == 0
        with pytest.raises(MoreThanPaid):
            refund(honey, 1, 1)

    def test_what_was_refunded_before_is_the_shop_s_loss(self, order, honey):
        self.opened(order)
        refund(honey, 1, honey.total_vnd)
        postings.lose_dispute(dispute_id="dp_1", now=clock.now())

        assert balance_of("disputed") == 0
        assert balance_of("gateway_fee") == honey.total_vnd

    def test_part_of_an_order_is_borne_in_proportion(self, order, honey):
        self.opened(order, amount=100_001)
        postings.lose_dispute(dispute_id="dp_1", now=clock.now())

        assert balance_of("disputed") == 0
        reversed_ = -sum(Entry.objects.filter(account="disputed", amount_vnd__lt=0).values_list("amount_vnd", flat=True))
        assert reversed_ == 100_001
        assert abs(balance_of("disputed", parcel_id=honey.pk) + 100_001 * honey.total_vnd / int(order.total_incl_tax)) < 1

    def test_an_end_without_a_beginning_is_refused(self):
        with pytest.raises(LookupError):
            postings.win_dispute(dispute_id="dp_9", now=clock.now())


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.floats(0, 1), max_size=6))
def test_many_small_refunds_end_where_one_large_one_does(order, honey, cuts):
    if not Transaction.objects.exists():
        capture_order(order)
    steps = [0, *sorted(round(cut * honey.total_vnd) for cut in cuts), honey.total_vnd]
    last = Transaction.objects.latest("pk").pk
    for number, (start, end) in enumerate(pairwise(steps)):
        if end > start:
            refund(honey, last * 100 + number, end - start)

    sides_of_honey = Entry.objects.filter(parcel=honey).exclude(account="refund_due")
    for account in set(sides_of_honey.values_list("account", flat=True)):
        assert balance_of(account, parcel_id=honey.pk) == 0
    # For the next round.
    for made in Transaction.objects.filter(kind="refund", pk__gt=last):
        postings.withdraw_refund(refund_id=made.refund_id, now=clock.now())
