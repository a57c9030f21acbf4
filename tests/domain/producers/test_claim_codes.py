import re
from datetime import timedelta

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.people.models import Officer
from shop.domain.producers.claim_codes import ALPHABET, hash_of, make_letter, make_letters
from shop.domain.producers.claiming import CodeRefused, producer_of_code
from shop.domain.producers.models import ClaimCode
from shop.domain.producers.staff import actor_of
from shop.domain.producers.standing import IllegalMove, UnknownProducer
from tests.factories import make_officer, make_producer, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def letter_for(producer, officer):
    return make_letter(producer_id=producer.pk, actor=officer, now=clock.now())


def opens(code, *, now=None):
    return producer_of_code(code_hash=hash_of(code), now=now or clock.now()).producer


def test_a_code_is_long_readable_and_opens_its_producer(officer):
    producer = make_producer(status="unclaimed")

    letter = letter_for(producer, officer)

    assert re.fullmatch(r"([A-Z0-9]{4}-){3}[A-Z0-9]{4}", letter.code)
    assert not set("0O1IL5S8B2Z") & set(ALPHABET)
    assert len(ALPHABET) ** 16 > 2**60
    assert opens(letter.code) == producer
    assert opens(f" {letter.code.lower().replace('-', ' ')} ") == producer


def test_the_code_itself_is_kept_nowhere(officer):
    letter = letter_for(make_producer(status="unclaimed"), officer)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM producers_claimcode c")
        kept = cursor.fetchone()[0]
    assert letter.code not in kept
    assert letter.code.replace("-", "") not in kept
    assert letter.code not in str(AuditEntry.objects.get(action="producer.claim_code_made").detail)


def test_a_new_code_puts_an_end_to_the_old_one(officer):
    producer = make_producer(status="unclaimed")
    old, new = letter_for(producer, officer), letter_for(producer, officer)

    with pytest.raises(CodeRefused):
        opens(old.code)
    assert opens(new.code) == producer


def test_a_code_opens_for_ninety_days(officer):
    letter = letter_for(make_producer(status="unclaimed"), officer)

    assert opens(letter.code, now=letter.expires_at - timedelta(seconds=1))
    with pytest.raises(CodeRefused):
        opens(letter.code, now=letter.expires_at)
    assert timedelta(days=90) <= letter.expires_at - ClaimCode.objects.get().made_at < timedelta(days=91)


@pytest.mark.parametrize("status", ["pending", "active", "suspended", "terminated"])
def test_a_producer_that_is_claimed_gets_no_code(officer, status):
    with pytest.raises(IllegalMove):
        letter_for(make_producer(status=status), officer)


def test_a_batch_is_made_whole_or_not_at_all():
    thai_nguyen = actor_of(user=make_officer(scope=Officer.Scope.PROVINCE, province=make_province("19")))
    own, foreign = make_producer(status="unclaimed"), make_producer(status="unclaimed", province=make_province("01"))

    with pytest.raises(UnknownProducer):
        make_letters(producer_ids=[own.pk, foreign.pk], actor=thai_nguyen, now=clock.now())

    assert not ClaimCode.objects.exists()
    assert len(make_letters(producer_ids=[own.pk], actor=thai_nguyen, now=clock.now())) == 1
