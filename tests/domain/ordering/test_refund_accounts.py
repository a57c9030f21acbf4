"""Where a buyer's money is sent: kept as banks write it, replaced by the last word, in the log by its end only."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ordering.refund_accounts import (
    NotAHolder,
    NotANumber,
    UnknownBank,
    Whereto,
    account_of_order,
    declare_refund_account,
)
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def declare(order, bank="970436", number="0071 0009 1234", holder="Lê Minh Châu"):
    return declare_refund_account(order_id=order.pk, whereto=Whereto(bank, number, holder), actor=SYSTEM, now=clock.now())


def test_the_last_word_counts_and_the_log_knows_its_end_only():
    order = make_order((make_listing(), 1))
    declare(order)
    declare(order, number="19034567890123")

    account = account_of_order(order_id=order.pk)
    assert (account.account_number, account.holder) == ("19034567890123", "LE MINH CHAU")
    logged = [entry.detail["new"] for entry in AuditEntry.objects.filter(action="refund.account_declared").order_by("pk")]
    assert logged == [{"bank": "970436", "last_digits": "1234"}, {"bank": "970436", "last_digits": "0123"}]


@pytest.mark.parametrize(
    ("wrong", "error"), [({"bank": "1"}, UnknownBank), ({"number": "12"}, NotANumber), ({"holder": "💰"}, NotAHolder)]
)
def test_wrong_ones_are_refused(wrong, error):
    order = make_order((make_listing(), 1))

    with pytest.raises(error):
        declare(order, **wrong)
    assert account_of_order(order_id=order.pk) is None
