"""A transfer is named by its order, is asked of nobody, and goes back by hand."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.payments.models import BankTransfer, Payment
from shop.domain.payments.provider import OrderFacts, PaymentRefusal, RefundFact
from shop.domain.payments.providers.vietqr import BankTransferByVietQR, came_vnd_of, payload_of
from tests.factories.transfers import make_transfer, make_transfer_order, open_account

pytestmark = pytest.mark.django_db
BY_TRANSFER = BankTransferByVietQR()
NOW = clock.now()


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


@pytest.mark.parametrize("missing", ["VIETQR_BANK_BIN", "VIETQR_ACCOUNT", "VIETQR_ACCOUNT_NAME"])
def test_a_shop_without_a_whole_account_takes_no_transfers(settings, missing):
    setattr(settings, missing, "")

    assert BY_TRANSFER.refuse_order(order=OrderFacts(total_vnd=100_000)) == PaymentRefusal.NOT_CONFIGURED


def test_what_no_transfer_at_once_carries_is_refused():
    refusals = [BY_TRANSFER.refuse_order(order=OrderFacts(total_vnd=total)) for total in (499_999_999, 500_000_000)]

    assert refusals == [None, PaymentRefusal.OVER_LIMIT]


def test_beginning_names_this_attempt_after_its_order_and_no_other():
    order, other = make_transfer_order(), make_transfer_order()
    Payment.objects.update(provider_ref="", status="created", checked_at=None)
    payment = order.payments.get()

    BY_TRANSFER.begin(payment_id=payment.pk, now=NOW)

    payment.refresh_from_db()
    named = order.number.replace("-", "")
    assert (payment.provider_ref, payment.status, payment.checked_at) == (named, "requires_action", NOW)
    assert named in payload_of(payment, amount_vnd=70_000)
    assert (other.payments.get().provider_ref, other.payments.get().status) == ("", "created")


def test_the_stock_waits_as_long_as_is_set_and_a_person_sends_money_back(settings):
    settings.HOLD_TRANSFER_HOURS = 7

    assert BY_TRANSFER.hold_until(now=NOW) == NOW + timedelta(hours=7)
    assert BY_TRANSFER.settle(payment_id=1, close=True) is None
    assert BY_TRANSFER.refund(refund_id=1) == RefundFact("manual")


def test_what_came_and_is_still_here_is_summed():
    payment = make_transfer_order().payments.get()
    assert came_vnd_of(payment) == 0
    for number, amount in enumerate((1_000, 2_000, 4_000)):
        make_transfer(amount, memo=payment.order.number, reference=f"FT{number}")
    make_transfer(8_000, memo=make_transfer_order().number, reference="FT9")
    BankTransfer.objects.filter(amount_vnd=2_000).update(state="returned")

    assert came_vnd_of(payment) == 5_000
