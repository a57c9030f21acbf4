"""Where a producer is paid: checked, cooled, told to every owner, and never written down in full."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shop.common import clock
from shop.common.tax_code import InvalidTaxCode
from shop.domain.audit_log.models import AuditEntry
from shop.domain.notifications.models import OutboxMessage
from shop.domain.payouts import declaring
from shop.domain.payouts.declaring import account_of, declare_account
from shop.domain.payouts.models import BankAccount
from shop.domain.producers.staff import actor_of
from tests.factories import make_member, make_producer
from tests.factories.payouts import COMPANY_CODE, PERSON_CODE, make_bank_account, make_declaration

pytestmark = pytest.mark.django_db


def declare(producer, **changes):
    owner = make_member(producer)
    return declare_account(
        producer_id=producer.pk, declaration=make_declaration(**changes), actor=actor_of(user=owner), now=clock.now()
    )


def test_an_account_is_written_as_banks_write_it():
    account = declare(make_producer(), account_number=" 0071 000-123.456 ", holder="  Hợp tác xã  chè Tân Cương đặc biệt ")

    assert (account.account_number, account.holder) == ("0071000123456", "HOP TAC XA CHE TAN CUONG DAC BIET")
    assert account.usable_from - account.declared_at == timedelta(hours=72)
    assert account.masked == "••••3456"


def test_the_legal_form_and_the_tax_code_become_the_profile_s():
    producer = make_producer()
    declare(producer, legal_form="household", tax_code="001 099 012 345")

    producer.profile.refresh_from_db()
    assert (producer.profile.legal_form, producer.profile.tax_code) == ("household", PERSON_CODE)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"bank_bin": "123456"}, declaring.UnknownBank),
        ({"account_number": "12345"}, declaring.NotANumber),
        ({"account_number": "=1+1+1+1"}, declaring.NotANumber),
        ({"holder": "=HYPERLINK"}, declaring.NotAHolder),
        ({"holder": "A"}, declaring.NotAHolder),
        ({"tax_code": "0100109107"}, InvalidTaxCode),
        ({"tax_code": "12345"}, InvalidTaxCode),
        ({"tax_code": PERSON_CODE}, declaring.WrongTaxCode),
        ({"legal_form": "individual", "tax_code": f"{COMPANY_CODE}-001"}, declaring.WrongTaxCode),
    ],
)
def test_what_cannot_be_is_refused(changes, error):
    producer = make_producer()
    with pytest.raises(error):
        declare(producer, **changes)

    producer.profile.refresh_from_db()
    assert (account_of(producer_id=producer.pk), producer.profile.tax_code) == (None, "")


def test_another_account_retires_the_old_one_and_cools_anew():
    producer = make_producer()
    old = make_bank_account(producer)
    new = declare(producer)

    old.refresh_from_db()
    assert old.retired_at is not None
    assert account_of(producer_id=producer.pk) == new
    assert new.usable_from > clock.now()


def test_the_same_account_again_cools_nothing():
    producer = make_producer()
    old = make_bank_account(producer, account_number="0071000000009")

    assert declare(producer, account_number="0071000000009") == old
    assert BankAccount.objects.count() == 1


def test_owners_and_the_producer_s_mailbox_are_told_with_four_digits_only():
    producer = make_producer(email="htx@example.vn")
    make_member(producer, email="chu@example.vn")
    account = declare(producer)

    told = OutboxMessage.objects.filter(kind="payout_account_changed")
    assert {"chu@example.vn", "htx@example.vn"} < set(told.values_list("recipient", flat=True))
    assert all(message.payload == {"account_id": account.pk} for message in told)


def test_the_log_holds_the_last_digits_and_never_the_number():
    producer = make_producer()
    account = declare(producer, legal_form="household", tax_code=PERSON_CODE)

    entries = AuditEntry.objects.filter(action__startswith="payout.")
    assert {entry.action for entry in entries} == {"payout.account_declared", "payout.tax_declared"}
    written = str([entry.detail for entry in entries])
    assert account.last_digits in written
    assert account.account_number not in written
    assert PERSON_CODE not in written


def test_a_stopped_producer_changes_nothing():
    producer = make_producer(status="suspended")
    with pytest.raises(declaring.ProducerStopped):
        declare(producer)


def test_the_database_keeps_a_declared_account_as_it_is():
    account = make_bank_account(make_producer())

    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(account_number="999999")
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        account.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(
            producer=account.producer,
            bank_bin="970436",
            account_number="999999",
            holder="AI DO",
            declared_at=clock.now(),
            usable_from=clock.now(),
        )
