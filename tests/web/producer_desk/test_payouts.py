"""A producer's account, its next payout and its statement; the account asks for a second factor."""

import pytest

from shop.domain.notifications.models import OutboxMessage
from shop.domain.payouts.models import BankAccount
from tests.factories import make_member, make_producer
from tests.factories.logins import log_in
from tests.factories.payouts import COMPANY_CODE, make_earning

pytestmark = pytest.mark.django_db
MONEY = "/ban-hang/tien/"
ACCOUNT, STATEMENT = f"{MONEY}tai-khoan/", f"{MONEY}sao-ke/"
FORM = {
    "bank_bin": "970436",
    "account_number": "0071 0001 2345 6",
    "holder": "Hợp tác xã chè Tân Cương",
    "legal_form": "cooperative",
    "tax_code": COMPANY_CODE,
}


@pytest.fixture
def producer():
    return make_producer()


@pytest.fixture
def keeper(client, producer):
    return log_in(client, make_member(producer, role="producer_money"), second_factor=True)


def test_an_owner_without_a_second_factor_is_led_to_one(client, producer):
    log_in(client, make_member(producer))

    assert client.get(ACCOUNT).status_code == 302
    assert client.post(ACCOUNT, FORM).status_code == 302
    assert not BankAccount.objects.exists()


def test_an_account_is_declared_and_cools(keeper, producer):
    assert "Khai tài khoản nhận tiền" in keeper.get(MONEY).content.decode()
    assert keeper.get(ACCOUNT).status_code == 200
    assert keeper.post(ACCOUNT, FORM).status_code == 302

    account = BankAccount.objects.get()
    assert (account.producer, account.holder, account.last_digits) == (producer, "HOP TAC XA CHE TAN CUONG", "3456")
    page = keeper.get(MONEY).content.decode()
    assert "••••3456" in page
    assert account.account_number not in page
    assert OutboxMessage.objects.filter(kind="payout_account_changed").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bank_bin": ""}, "Hãy chọn ngân hàng."),
        ({"account_number": "12"}, "Số tài khoản có từ 6 đến 19 chữ số."),
        ({"holder": "=1+1"}, "Tên chỉ gồm chữ cái"),
        ({"tax_code": "0100109107"}, "số kiểm tra không khớp"),
        ({"tax_code": "001099012345"}, "Mã số thuế này không phải của loại hình đã chọn."),
    ],
)
def test_wrong_input_is_answered_beside_its_field_and_nothing_is_lost(change, sentence, keeper):
    answer = keeper.post(ACCOUNT, FORM | change)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert not BankAccount.objects.exists()


def test_the_statement_ends_where_the_balance_is(keeper, producer):
    assert "Chưa có khoản nào." in keeper.get(STATEMENT).content.decode()
    parcel = make_earning(producer)

    assert parcel.number in keeper.get(STATEMENT).content.decode()
    assert parcel.number in keeper.get(f"{STATEMENT}?xem=held").content.decode()
    rows = keeper.post(f"{STATEMENT}tai-ve/").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 3
    assert rows[1].endswith(f"{parcel.total_vnd},{parcel.total_vnd}")


def test_both_languages_show_all_of_it(keeper, producer):
    make_earning(producer)

    for path in (MONEY, ACCOUNT, STATEMENT):
        assert keeper.get(f"/en{path}").status_code == 200
