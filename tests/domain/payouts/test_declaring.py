"""Where a producer is paid: checked, cooled, told to every owner, and never written down in full."""

from datetime import datetime, timedelta

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


def told(action):
    return AuditEntry.objects.get(action=f"payout.{action}")


def test_what_was_declared_is_told_by_its_end_with_what_stood_there():
    producer = make_producer()
    old = make_bank_account(producer, account_number="0071000000001")
    new = declare(producer, bank_bin="970415", account_number="0071000000002")

    entry = AuditEntry.objects.filter(action="payout.account_declared").latest("pk")
    old.refresh_from_db()
    new.refresh_from_db()
    for said, account, end in ((entry.detail["old"], old, "0001"), (entry.detail["new"], new, "0002")):
        assert datetime.fromisoformat(said.pop("usable_from")) == account.usable_from
        assert said == {"bank": account.bank_bin, "last_digits": end}
    assert (entry.object_id, entry.producer_id) == (str(producer.pk), producer.pk)
    assert (new.declared_by_id, entry.actor_id, new.bank_bin) == (entry.actor_id, new.declared_by_id, "970415")


def test_the_tax_code_is_told_by_its_end_and_only_when_it_changes():
    producer = make_producer()
    declare(producer, legal_form="household", tax_code=PERSON_CODE)
    entry = told("tax_declared")
    assert entry.detail["old"] == {"legal_form": "", "tax_code_last_digits": ""}
    assert entry.detail["new"] == {"legal_form": "household", "tax_code_last_digits": PERSON_CODE[-4:]}

    declare(producer, legal_form="household", tax_code=PERSON_CODE)
    assert AuditEntry.objects.filter(action="payout.tax_declared").count() == 1
    declare(producer)
    assert AuditEntry.objects.filter(action="payout.tax_declared").latest("pk").detail["old"] == entry.detail["new"]


def test_an_account_of_another_producer_stays():
    other = make_bank_account(make_producer("Trại ong"))
    producer = make_producer()
    first = declare(producer)

    declare(producer)

    assert (account_of(producer_id=other.producer_id), BankAccount.objects.get(pk=first.pk).retired_at is None) == (other, False)
    other.refresh_from_db()
    assert other.retired_at is None


@pytest.mark.parametrize("changes", [{"bank_bin": "970415"}, {"account_number": "0071000000002"}, {"holder": "HTX CHE"}])
def test_an_account_that_differs_in_anything_is_another(changes):
    producer = make_producer()
    same = {"account_number": "0071000000001"}
    first = declare(producer, **same)

    assert declare(producer, **same) == first
    assert declare(producer, **(same | changes)) != first


@pytest.mark.parametrize(
    ("legal_form", "code", "is_right"),
    [
        ("company", COMPANY_CODE, True),
        ("company", f"{COMPANY_CODE}-001", True),
        ("cooperative", f"{COMPANY_CODE}-001", True),
        ("cooperative", PERSON_CODE, False),
        ("household", COMPANY_CODE, True),
        ("household", PERSON_CODE, True),
        ("individual", COMPANY_CODE, True),
        ("individual", PERSON_CODE, True),
    ],
)
def test_each_legal_form_has_its_own_codes(legal_form, code, is_right):
    if is_right:
        assert declaring.read_tax_code(code, legal_form=legal_form) == code
    else:
        with pytest.raises(declaring.WrongTaxCode, match=legal_form):
            declaring.read_tax_code(code, legal_form=legal_form)


def test_numbers_are_six_to_nineteen_letters_and_digits():
    assert [declaring.read_number(text) for text in ("123 456", "abc-123", "1" * 19)] == ["123456", "ABC123", "1" * 19]
    for text in ("1" * 20, "12345", "123_456"):
        with pytest.raises(declaring.NotANumber):
            declaring.read_number(text)
