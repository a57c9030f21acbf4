import pytest
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.producers.members import NoSuchAccount, add_member, remove_member
from shop.domain.producers.models import Membership
from shop.domain.producers.staff import actor_of
from shop.domain.producers.standing import OwnProducer, ReasonMissing
from tests.factories import make_member, make_officer, make_producer, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

OWNER = Membership.Role.OWNER


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def add(producer, login, officer, *, role=OWNER, reason="Đại diện mới"):
    return add_member(producer_id=producer.pk, login=login, role=role, reason=reason, actor=officer, now=clock.now())


def remove(producer, membership, officer, reason="Đã nghỉ việc"):
    remove_member(producer_id=producer.pk, membership_id=membership.pk, reason=reason, actor=officer, now=clock.now())


def test_an_account_found_by_email_or_phone_becomes_an_owner_and_it_is_recorded(officer):
    producer = make_producer()
    by_email, by_phone = make_user("chu@example.vn"), make_user(phone="+84912345670")

    add(producer, "CHU@example.vn", officer)
    add(producer, "+84912345670", officer)

    assert set(Membership.objects.values_list("user", flat=True)) == {by_email.pk, by_phone.pk}
    entry = AuditEntry.objects.filter(action="producer.member_added").first()
    assert entry.reason == "Đại diện mới"
    assert "chu@example.vn" not in str(entry.detail)


def test_adding_twice_is_once(officer):
    producer, user = make_producer(), make_user("chu@example.vn")

    assert add(producer, user.email, officer) == add(producer, user.email, officer)
    assert AuditEntry.objects.count() == 1


def test_a_first_owner_makes_an_unclaimed_producer_wait(officer):
    producer = make_producer(status="unclaimed")

    add(producer, make_user("chu@example.vn").email, officer)

    producer.profile.refresh_from_db()
    assert producer.profile.status == "pending"


def test_an_account_that_is_not_there_is_named(officer):
    with pytest.raises(NoSuchAccount):
        add(make_producer(), "khong-co@example.vn", officer)


def test_who_is_removed_is_out_at_the_next_click(officer):
    producer = make_producer()
    user = make_member(producer)
    browser = log_in(Client(), user)
    assert browser.get("/ban-hang/").status_code == 200

    remove(producer, Membership.objects.get(), officer)

    assert browser.get("/ban-hang/").status_code == 404
    assert AuditEntry.objects.filter(action="producer.member_removed").count() == 1


def test_another_producers_person_is_left_alone(officer):
    producer, other = make_producer(), make_producer()
    make_member(other)

    remove(producer, Membership.objects.get(), officer)

    assert Membership.objects.count() == 1


def test_a_change_needs_a_reason_and_nobody_hires_themselves(officer):
    producer, me = make_producer(), make_officer()

    with pytest.raises(ReasonMissing):
        add(producer, make_user("a@example.vn").email, officer, reason="")
    with pytest.raises(OwnProducer):
        add(producer, me.email, actor_of(user=me))
