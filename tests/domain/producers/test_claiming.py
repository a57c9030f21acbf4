from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.producers import claiming
from shop.domain.producers.claim_codes import hash_of, make_letter
from shop.domain.producers.claiming import (
    Claimant,
    CodeRefused,
    TermsNotAccepted,
    TooManyTries,
    claim_producer,
    try_code,
)
from shop.domain.producers.models import ClaimAttempt, ProducerClaim
from shop.domain.producers.staff import actor_of
from shop.domain.producers.standing import approve_producer
from tests.factories import make_officer, make_producer, make_user

pytestmark = pytest.mark.django_db

WRONG = "AAAA-AAAA-AAAA-AAAA"


@pytest.fixture
def producer():
    return make_producer(status="unclaimed")


@pytest.fixture
def code(producer):
    return make_letter(producer_id=producer.pk, actor=actor_of(user=make_officer()), now=clock.now()).code


def claim(code, user, **changes):
    claimant = Claimant(**({"position": "Giám đốc", "phone": "+84912345678", "accepts_terms": True} | changes))
    return claim_producer(code_hash=hash_of(code), claimant=claimant, actor=actor_of(user=user), now=clock.now())


def attempt(code, user, *, address="192.0.2.1", now=None):
    return try_code(code=code, actor=actor_of(user=user), address=address, now=now or clock.now())


def test_who_claims_owns_the_producer_which_waits_for_the_office(producer, code):
    user = make_user()

    claim(code, user)

    producer.profile.refresh_from_db()
    assert producer.profile.status == "pending"
    assert actor_of(user=user).producers == {producer.pk: frozenset({"producer_owner"})}
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions == {"producer.claim_code_made", "producer.claimed", "producer.member_added"}


def test_the_office_lets_them_in_and_the_claim_says_so(producer, code):
    claim(code, make_user())

    approve_producer(producer_id=producer.pk, reason="", actor=actor_of(user=make_officer()), now=clock.now())

    producer.profile.refresh_from_db()
    assert (producer.profile.status, ProducerClaim.objects.get().state) == ("active", "approved")


def test_a_used_code_opens_nothing_any_more(code):
    claim(code, make_user())

    with pytest.raises(CodeRefused):
        claim(code, make_user())
    with pytest.raises(CodeRefused):
        attempt(code, make_user())


def test_without_the_tick_nothing_is_claimed(producer, code):
    with pytest.raises(TermsNotAccepted):
        claim(code, make_user(), accepts_terms=False)

    producer.profile.refresh_from_db()
    assert producer.profile.status == "unclaimed"


def test_the_words_of_the_audit_log_name_no_person(code):
    user = make_user("nguoi-nhan@example.vn")
    claim(code, user)

    written = str(list(AuditEntry.objects.values()))
    assert "nguoi-nhan" not in written
    assert "912345678" not in written


def test_an_account_that_guesses_is_stopped_even_with_the_right_code(code):
    user, now = make_user(), clock.now()
    for number in range(claiming.TRIES_PER_PERSON):
        with pytest.raises(CodeRefused):
            attempt(WRONG, user, address=f"192.0.2.{number}", now=now)

    with pytest.raises(TooManyTries):
        attempt(code, user, address="192.0.2.99", now=now)
    assert attempt(code, make_user(), address="192.0.2.99", now=now)
    assert attempt(code, user, now=now + timedelta(hours=1, seconds=1))


def test_an_address_that_guesses_with_many_accounts_is_stopped(code):
    now = clock.now()
    for _ in range(claiming.TRIES_PER_ADDRESS):
        with pytest.raises(CodeRefused):
            attempt(WRONG, make_user(), now=now)

    with pytest.raises(TooManyTries):
        attempt(code, make_user(), now=now)


def test_attempts_are_forgotten_after_a_day(code):
    now = clock.now()
    attempt(code, make_user(), now=now - timedelta(days=1, seconds=1))
    attempt(code, make_user(), now=now)

    assert ClaimAttempt.objects.count() == 1
