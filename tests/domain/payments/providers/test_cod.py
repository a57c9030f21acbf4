from shop.domain.payments.provider import OrderFacts, PaymentRefusal, RefundFact
from shop.domain.payments.providers.cod import CashOnDelivery


def test_cash_is_refused_above_the_limit(settings):
    settings.COD_LIMIT_VND = 5_000_000
    refusals = [CashOnDelivery().refuse_order(order=OrderFacts(total_vnd=total)) for total in (5_000_000, 5_000_001)]

    assert refusals == [None, PaymentRefusal.OVER_LIMIT]


def test_alcohol_is_not_paid_in_cash():
    order = OrderFacts(total_vnd=100_000, has_alcohol=True)

    assert CashOnDelivery().refuse_order(order=order) == PaymentRefusal.ALCOHOL


def test_cash_waits_for_nothing_and_a_person_sends_it_back():
    assert CashOnDelivery().hold_until(now=None) is None
    assert CashOnDelivery().settle(payment_id=1, close=True) is None
    assert CashOnDelivery().refund(refund_id=1) == RefundFact("manual")
