"""What producers are told of their money: an amount, an account's last digits, and nothing that opens the account."""

import pytest
from django.conf import settings

from shop.common import clock
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.payouts.letters import account_letter, payout_letter, tell_payout
from tests.factories import make_producer
from tests.factories.payouts import make_bank_account, make_payout

pytestmark = pytest.mark.django_db
TODAY = clock.today()
MONEY = f"{settings.BASE_URL}/ban-hang/tien/"


@pytest.fixture
def house():
    return make_producer("HTX Chè", email="tra@example.vn")


def test_a_new_account_is_told_by_its_bank_its_end_and_its_first_day(house):
    account = make_bank_account(house)
    make_bank_account(make_producer("Trại ong"))

    assert account_letter({"account_id": account.pk}, today=TODAY) == {
        "producer_name": "HTX Chè",
        "bank": "Vietcombank",
        "ending": account.account_number[-4:],
        "usable_from": account.usable_from,
        "money_url": MONEY,
    }


@pytest.mark.parametrize(("status", "kind"), [("paid", "payout_paid"), ("failed", "payout_failed")])
def test_a_payout_is_told_once_by_its_amount(house, status, kind):
    payout = make_payout(house)
    make_payout(make_producer("Trại ong"))
    payout.status = status
    for _ in range(2):
        tell_payout(payout=payout, now=clock.now())

    message = OutboxMessage.objects.get(kind=kind)
    text = render_message(message, today=TODAY)
    assert (message.recipient, message.payload) == ("tra@example.vn", {"payout_id": payout.pk})
    assert payout_letter(message.payload, today=TODAY) == {
        "producer_name": "HTX Chè",
        "payout": payout,
        "bank": "Vietcombank",
        "ending": payout.bank_account.account_number[-4:],
        "money_url": MONEY,
    }
    assert "300.000" in text.body
    assert payout.bank_account.account_number not in text.body + text.html


@pytest.mark.parametrize(("letter", "name"), [(account_letter, "account_id"), (payout_letter, "payout_id")])
def test_a_letter_about_nothing_says_so(letter, name):
    with pytest.raises(NothingToTell):
        letter({name: 0}, today=TODAY)
