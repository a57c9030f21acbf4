"""A dispute takes money that is there, once, and gives it back only where the shop wins."""

import pytest

from shop.common import clock
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.unknown_news import NotKnownYet
from shop.domain.payments.models import MoneyAlert
from shop.domain.payments.provider import DisputeFact
from tests.factories import make_listing
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def payment(monkeypatch):
    offer_prepaid(monkeypatch)
    return make_prepaid_order((make_listing(price_vnd=500_000), 1)).payments.get()


@pytest.fixture
def paid(payment):
    return apply_fact(payment_id=payment.pk, fact=money_for(payment), now=NOW)


def tell(payment, status, *, amount_vnd=200_000, currency="vnd"):
    told = DisputeFact("dp_1", amount_vnd, currency, status, reason="fraudulent")
    apply_dispute(payment_id=payment.pk, dispute=told, now=NOW)
    payment.refresh_from_db()
    return payment.status, payment.disputed_vnd, balance_of("disputed")


def test_what_is_not_ours_yet_cannot_be_taken(payment):
    with pytest.raises(NotKnownYet, match="dp_1"):
        tell(payment, "disputed")
    assert not MoneyAlert.objects.exists()


def test_every_step_is_taken_once_and_none_backwards(paid):
    assert [tell(paid, "disputed") for _ in range(2)] == [("disputed", 200_000, 200_000)] * 2
    assert tell(paid, "dispute_lost") == ("dispute_lost", 200_000, 0)
    for late in ("disputed", "dispute_won"):
        assert tell(paid, late) == ("dispute_lost", 200_000, 0)

    alert = MoneyAlert.objects.get()
    assert (alert.key, alert.kind, alert.payment, alert.amount_vnd, alert.created_at) == (
        "dispute:dp_1",
        "dispute",
        paid,
        200_000,
        NOW,
    )
    assert alert.detail == {"reason": "fraudulent", "object": "dp_1"}


def test_a_won_dispute_gives_all_of_it_back_also_when_its_beginning_was_not_heard(paid):
    assert tell(paid, "dispute_won") == ("dispute_won", 0, 0)
    assert balance_of("gateway_clearing") == paid.amount_vnd


@pytest.mark.parametrize(("status", "currency"), [(None, "vnd"), ("disputed", "usd")])
def test_a_question_and_money_of_another_kind_are_for_a_person(paid, status, currency):
    assert tell(paid, status, currency=currency) == ("succeeded", 0, 0)
    assert MoneyAlert.objects.get().kind == "dispute"
