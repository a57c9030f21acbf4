"""Refunds and disputes of the stand-in."""

import pytest
import stripe

from tests.fake_stripe.buying import DISPUTED, FAILING_REFUND, SLOW_REFUND, bought, turn
from tests.fixtures.stand_in import client_of


@pytest.fixture
def client(stand_in):
    return client_of(stand_in)


def test_parts_add_up_to_the_whole_and_no_further(stand_in, client):
    _, intent = bought(stand_in, client)

    first = client.v1.refunds.create({"payment_intent": intent.id, "amount": 100_000, "metadata": {"refund_id": "3"}})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        client.v1.refunds.create({"payment_intent": intent.id, "amount": 150_001})
    rest = client.v1.refunds.create({"payment_intent": intent.id})

    assert (first.status, first.metadata.to_dict(), rest.amount) == ("succeeded", {"refund_id": "3"}, 150_000)
    charge = client.v1.charges.retrieve(intent.latest_charge)
    assert (charge.refunded, charge.amount_refunded) == (True, 250_000)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": intent.id})
    assert refused.value.code == "charge_already_refunded"
    assert [refund.id for refund in client.v1.refunds.list({"payment_intent": intent.id}).data] == [rest.id, first.id]


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_positive(stand_in, client, amount):
    _, intent = bought(stand_in, client)

    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": intent.id, "amount": amount})


@pytest.mark.parametrize(
    ("card", "at_first", "in_the_end"), [(SLOW_REFUND, "pending", "succeeded"), (FAILING_REFUND, "succeeded", "failed")]
)
def test_a_refund_may_end_later(stand_in, client, card, at_first, in_the_end):
    _, intent = bought(stand_in, client, card)

    refund = client.v1.refunds.create({"payment_intent": intent.id})
    turn(stand_in, "clock", ahead_seconds=10)

    assert (refund.status, client.v1.refunds.retrieve(refund.id).status) == (at_first, in_the_end)


def test_a_refund_that_failed_may_be_made_again(stand_in, client):
    _, intent = bought(stand_in, client)
    refund = client.v1.refunds.create({"payment_intent": intent.id})

    turn(stand_in, f"refunds/{refund.id}/fail")

    assert client.v1.charges.retrieve(intent.latest_charge).amount_refunded == 0
    assert client.v1.refunds.create({"payment_intent": intent.id}).status == "succeeded"


@pytest.mark.parametrize(("won", "left"), [(True, 250_000 - 16_500 - 350_000), (False, -16_500 - 350_000)])
def test_a_dispute_takes_the_money_and_gives_it_back_when_won(stand_in, client, won, left):
    _, intent = bought(stand_in, client, DISPUTED)
    dispute = client.v1.disputes.list({"payment_intent": intent.id}).data[0]

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": intent.id})
    closed = turn(stand_in, f"disputes/{dispute.id}/close", won=won)
    turn(stand_in, "clock", ahead_seconds=5)

    assert refused.value.code == "charge_disputed"
    assert closed["status"] == ("won" if won else "lost")
    assert sum(booked.net for booked in client.v1.balance_transactions.list().data) == left
