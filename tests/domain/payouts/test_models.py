"""What the rows of a payout are called: by the end of an account's number, never by the whole of it."""

from shop.domain.payouts.models import BankAccount, Payout, PayoutBatch


def test_rows_are_called_by_what_they_are_known_by():
    account = BankAccount(bank_bin="970436", account_number="0071000123456")

    assert (str(account), account.last_digits, account.masked) == ("970436 ••••3456", "3456", "••••3456")
    assert (str(Payout(pk=7, amount_vnd=300_000, status="sent")), Payout(pk=7).code) == ("CT7 300000 sent", "CT7")
    assert str(PayoutBatch(pk=3, status="approved")) == "3 approved"
