"""A stand-in that stopped is gone, also for whoever kept a line to it open."""

import pytest
import stripe

from shop.fake_stripe.server import StandIn
from tests.fake_stripe.buying import session_words
from tests.fixtures.stand_in import KEY, client_of


def test_a_line_kept_open_is_not_answered_out_of_an_account_that_is_gone():
    first = StandIn(key=KEY)
    first.start()
    client = client_of(first, retries=1)
    session = client.v1.checkout.sessions.create(session_words())
    first.stop()
    second = StandIn(key=KEY, port=first.server.server_port)
    second.start()

    with pytest.raises(stripe.InvalidRequestError, match="No such"):
        client.v1.checkout.sessions.retrieve(session.id)

    second.stop()
