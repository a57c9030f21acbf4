import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.people.models import Officer
from shop.domain.people.reach import NotOfTheOffice
from shop.domain.producers import standing
from shop.domain.producers.models import Membership, ProducerEvent
from shop.domain.producers.staff import actor_of
from tests.factories import make_member, make_officer, make_producer, make_province, make_staff, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

ACTS = {
    "approved": standing.approve_producer,
    "refused": standing.refuse_claim,
    "suspended": standing.suspend_producer,
    "reinstated": standing.reinstate_producer,
    "terminated": standing.terminate_producer,
}
# Where a producer stands → which acts it takes, and where each leads.
TAKEN = {
    "unclaimed": {"terminated": "terminated"},
    "pending": {"approved": "active", "refused": "unclaimed", "terminated": "terminated"},
    "active": {"suspended": "suspended", "terminated": "terminated"},
    "suspended": {"reinstated": "active", "terminated": "terminated"},
    "terminated": {},
}
# Asked for what is already so, an act does nothing.
IDLE = {("unclaimed", "refused"), ("active", "approved"), ("active", "reinstated"), ("suspended", "suspended")}


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def act(name, producer, officer, reason="Hồ sơ đã kiểm tra"):
    return ACTS[name](producer_id=producer.pk, reason=reason, actor=officer, now=clock.now())


def status_of(producer):
    producer.profile.refresh_from_db()
    return producer.profile.status


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("status", TAKEN)
def test_each_act_from_each_standing_is_taken_idle_or_illegal(officer, status, name):
    producer = make_producer(status=status)
    make_member(producer)

    if name in TAKEN[status]:
        assert act(name, producer, officer).action == name
        assert status_of(producer) == TAKEN[status][name]
        assert AuditEntry.objects.get().action == f"producer.{name}"
    elif (status, name) in IDLE or status == name:
        assert act(name, producer, officer) is None
        assert not AuditEntry.objects.exists()
    else:
        with pytest.raises(standing.IllegalMove):
            act(name, producer, officer)
        assert status_of(producer) == status


@pytest.mark.parametrize("name", ["refused", "suspended", "reinstated", "terminated"])
def test_an_act_against_somebody_needs_a_reason(officer, name):
    with pytest.raises(standing.ReasonMissing):
        act(name, make_producer(status="pending"), officer, reason=" ")


def test_a_producer_without_an_owner_is_not_let_in(officer):
    with pytest.raises(standing.NobodyWorksThere):
        act("approved", make_producer(status="pending"), officer)


def test_every_owner_is_told_once_with_the_reason(officer):
    producer = make_producer()
    owners = [make_member(producer), make_member(producer, language="en")]
    make_member(producer, role=Membership.Role.ORDERS)

    act("suspended", producer, officer, reason="Bán hàng không đúng nhãn")

    messages = OutboxMessage.objects.filter(kind="producer_standing").order_by("pk")
    texts = [render_message(message, today=clock.today()) for message in messages]
    assert [message.recipient for message in messages] == [owner.email for owner in owners]
    assert all("Bán hàng không đúng nhãn" in text.body for text in texts)
    assert "is suspended" in texts[1].subject


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", ["pending", "active", "suspended"])
def test_every_letter_can_be_read(officer, status, language):
    for name in TAKEN[status]:
        producer = make_producer("HTX Chè La Bằng", status=status)
        make_member(producer, language=language)
        act(name, producer, officer)

    for message in OutboxMessage.objects.filter(kind="producer_standing"):
        assert "HTX Chè La Bằng" in render_message(message, today=clock.today()).subject


def test_who_is_refused_loses_the_desk(officer):
    producer = make_producer(status="pending")
    user = make_member(producer)

    act("refused", producer, officer)

    assert actor_of(user=user).producers == {}


def test_a_stop_ends_the_sessions_of_its_people_and_of_nobody_else(officer):
    producer = make_producer()
    theirs, other = log_in(Client(), make_member(producer)), log_in(Client(), make_member(make_producer()))

    act("suspended", producer, officer)

    assert theirs.get("/ban-hang/").status_code == 302
    assert other.get("/ban-hang/").status_code == 200


def test_money_is_frozen_while_a_producer_is_stopped(officer):
    producer = make_producer()
    assert not producer.profile.payouts_frozen

    act("suspended", producer, officer)

    producer.profile.refresh_from_db()
    assert producer.profile.payouts_frozen


def test_nobody_decides_on_a_producer_they_work_for():
    producer = make_producer()
    officer = make_officer()
    make_member(producer, user=officer)

    with pytest.raises(standing.OwnProducer):
        act("suspended", producer, actor_of(user=officer))


def test_outside_ones_reach_there_is_no_producer():
    producer = make_producer(province=make_province("19"))
    elsewhere = actor_of(user=make_officer(scope=Officer.Scope.PROVINCE, province=make_province("01")))

    with pytest.raises(standing.UnknownProducer):
        act("suspended", producer, elsewhere)
    with pytest.raises(NotOfTheOffice):
        act("suspended", producer, actor_of(user=make_user()))
    assert act("suspended", producer, actor_of(user=make_staff())) is not None


def test_history_is_not_rewritten(officer):
    producer = make_producer()
    act("suspended", producer, officer)

    for change in (lambda rows: rows.update(reason="khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(ProducerEvent.objects.filter(producer=producer))
