"""The office keeps a refund from being sent whose money the buyer's bank took: only then, once, and with a reason."""

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refund_promises import Cause, write_refund
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.payments.models import MoneyAlert
from shop.domain.payments.provider import DisputeFact
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_officer
from tests.factories.logins import log_in
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def failed(monkeypatch):
    """A refund of 100,000 đ that its provider refused."""
    provider = offer_prepaid(monkeypatch)
    provider.refund_answer = "failed"
    order = make_prepaid_order((make_listing(price_vnd=500_000), 1))
    payment = apply_fact(payment_id=order.payments.get().pk, fact=money_for(order.payments.get()), now=NOW)
    cause = Cause("t", "goodwill", order.parcels.get())
    refund = write_refund(payment=payment, amount_vnd=100_000, cause=cause, actor=SYSTEM, now=NOW)
    submit_due_refunds(now=NOW)
    return refund


def lose(payment, amount_vnd):
    apply_dispute(payment_id=payment.pk, dispute=DisputeFact("dp_1", amount_vnd, "vnd", "dispute_lost"), now=NOW)


def test_a_refund_the_bank_paid_is_called_off_once_and_with_a_reason(failed):
    office = log_in(Client(), make_officer(), second_factor=True)
    page = f"/van-phong/tien/hoan/{failed.pk}/khong-hoan/"
    alert = f"/van-phong/tien/viec/{failed.alerts.get().pk}/"
    assert (page in office.get(alert).content.decode(), "không bỏ được" in office.get(page).content.decode()) == (False, True)
    assert office.post(page, {"reason": "Lý do dài đã gõ"}).status_code == 409

    lose(failed.payment, 60_000)

    assert page in office.get(alert).content.decode()
    shown = office.get(page).content.decode()
    assert ("Không hoàn 60.000" in shown, "40.000" in shown) == (True, True)
    assert office.get(f"/en{page}").status_code == 200
    empty = office.post(page, {"reason": " "})
    done = office.post(page, {"reason": "Ngân hàng báo đã trả"})
    again = office.post(page, {"reason": "Lần nữa đây"})
    assert [answer.status_code for answer in (empty, done, again)] == [422, 302, 409]
    assert "Hãy ghi lý do" in empty.content.decode()
    assert (MoneyAlert.objects.filter(closed_at=None, refund=failed).count(), broken_invariants()) == (0, [])

    order = failed.order
    seen = Client().get(f"/don-hang/{order.number}/{tracking_token(order)}/").content.decode()
    assert "Không hoàn nữa, ngân hàng của bạn đã trả" in seen
    assert "−40.000" in seen
