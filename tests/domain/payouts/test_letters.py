"""What producers are told of their money: an amount, an account's last digits, and nothing that opens the account."""

import pytest
from django.conf import settings

from shop.common import clock
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.payouts.letters import account_letter, payout_letter, tell_payout
from shop.domain.payouts.models import Payout
from tests.factories import make_member, make_producer
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
        "is_first": True,
        "contact_url": f"{settings.BASE_URL}/lien-he/",
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


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("vi", ["Đã ghi tài khoản nhận tiền – HTX Chè", "Tài khoản nhận tiền đã đổi – HTX Chè"]),
        ("en", ["Your account for payouts is on file – HTX Chè", "Your account for payouts has changed – HTX Chè"]),
    ],
)
def test_the_first_account_is_not_called_another_one_and_both_letters_name_whom_to_call(house, language, subjects):
    texts = []
    for _ in subjects:
        payload = {"account_id": make_bank_account(house).pk}
        message = OutboxMessage(kind="payout_account_changed", channel="email", language=language, payload=payload, key="k")
        texts.append(render_message(message, today=TODAY))

    assert [text.subject for text in texts] == subjects
    for text in texts:
        assert "/lien-he/" in text.body
        assert "/lien-he/" in text.html


def test_what_the_bank_says_is_quoted_in_its_own_language(house):
    payout = make_payout(house)
    Payout.objects.update(failure="Tài khoản đã đóng")
    message = OutboxMessage(kind="payout_failed", channel="email", language="en", payload={"payout_id": payout.pk}, key="k")

    text = render_message(message, today=TODAY)

    assert "The bank says: Tài khoản đã đóng" in text.body
    assert 'lang="vi">Tài khoản đã đóng<' in text.html


@pytest.mark.parametrize(("letter", "name"), [(account_letter, "account_id"), (payout_letter, "payout_id")])
def test_a_letter_about_nothing_says_so(letter, name):
    with pytest.raises(NothingToTell):
        letter({name: 0}, today=TODAY)


def told_of(account):
    return set(OutboxMessage.objects.filter(payload={"account_id": account.pk}).values_list("recipient", "key"))


def test_every_active_owner_and_the_mailbox_are_told_once_each(house):
    lan, hoa = make_member(house, email="lan@example.vn"), make_member(house, email="tra@example.vn")
    make_member(house, email="cu@example.vn", is_active=False)
    make_member(house, email="don@example.vn", role="producer_orders")
    make_member(make_producer("Trại ong"), email="ong@example.vn")

    account = make_bank_account(house)

    assert told_of(account) == {
        ("lan@example.vn", f"bank_account:{account.pk}:user:{lan.pk}:email"),
        ("tra@example.vn", f"bank_account:{account.pk}:user:{hoa.pk}:email"),
    }


def test_a_mailbox_of_nobody_is_told_as_well(house):
    account = make_bank_account(house)
    assert told_of(account) == {("tra@example.vn", f"bank_account:{account.pk}:contact:email")}
    house.profile.email, house.profile.phone = "", ""
    house.profile.save()

    assert told_of(make_bank_account(house)) == set()


def test_a_letter_is_in_the_readers_language(house):
    make_member(house, email="lan@example.vn", language="en")

    account = make_bank_account(house)

    assert dict(OutboxMessage.objects.filter(payload={"account_id": account.pk}).values_list("recipient", "language")) == {
        "lan@example.vn": "en",
        "tra@example.vn": "vi",
    }
