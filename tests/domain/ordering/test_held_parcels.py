"""The office decides on one held parcel: it goes on or is called off, once, with a reason, written down."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.acts import LIFTED, REVOKED, SUSPENDED, Ground
from shop.domain.certificates.models import CertificateEvent
from shop.domain.listings.models import Listing
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.ordering.certificate_stops import deadline_of_hold, settle_unfinished_stops, suspend_and_hold
from shop.domain.ordering.fulfilling import confirm_parcel, ship_parcel
from shop.domain.ordering.held_parcels import DecisionReasonMissing, cancel_held_parcel, release_held_parcel
from shop.domain.ordering.stop_effects import Effects, count_parcels, effects_of, held_parcels
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_officer, make_order, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def tea():
    return make_listing()


@pytest.fixture
def held(tea, officer):
    order = make_order((tea, 2))
    suspend(tea, officer)
    return order.parcels.get()


def suspend(tea, officer):
    ground = Ground("Nhãn sai hạn dùng", clock.today())
    return suspend_and_hold(certificate_id=tea.certificate_id, ground=ground, actor=officer, now=clock.now())


def release(parcel, officer, reason="Lô này đã kiểm tra"):
    return release_held_parcel(parcel_id=parcel.pk, reason=reason, actor=officer, now=clock.now())


def cancel(parcel, officer, reason="Người mua không muốn chờ"):
    return cancel_held_parcel(parcel_id=parcel.pk, reason=reason, actor=officer, now=clock.now())


def status_of(parcel):
    return Parcel.objects.get(pk=parcel.pk).status


def test_a_released_parcel_goes_on_and_stays_free(held, officer):
    assert release(held, officer) is True

    settle_unfinished_stops(now=clock.now())

    assert status_of(held) == "to_confirm"
    entry = AuditEntry.objects.get(action="parcel.released")
    assert (entry.label, entry.reason, entry.detail["old"]["status"]) == (held.number, "Lô này đã kiểm tra", "on_hold")
    assert (entry.object_type, entry.object_id, entry.producer_id) == ("parcel", str(held.pk), held.producer_id)
    assert (entry.detail["new"]["status"], entry.actor_id) == ("to_confirm", officer.user_id)
    assert entry.province_code == held.lines.get().certificate.province_id != ""
    assert broken_invariants() == []


def test_a_parcel_that_was_being_packed_brings_its_order_on_again(tea, officer):
    order = make_order((tea, 1), (make_listing("Mật ong", producer=make_producer("HTX Ong")), 1))
    parcel = order.parcels.get(producer=tea.producer)
    confirm_parcel(parcel_id=parcel.pk, actor=officer, now=clock.now())
    suspend(tea, officer)
    Order.objects.filter(pk=order.pk).update(status="confirmed")

    release(parcel, officer)

    order.refresh_from_db()
    assert (status_of(parcel), order.status) == ("packing", "in_fulfilment")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_buyer_is_told_of_the_release_and_not_of_a_valid_certificate(tea, officer, language):
    parcel = make_order((tea, 1), language=language).parcels.get()
    suspend(tea, officer)
    release(parcel, officer)

    text = render_message(OutboxMessage.objects.get(kind="parcel_released"), today=clock.today())

    assert parcel.number in text.subject
    assert ("OCOP office" if language == "en" else "Văn phòng OCOP") in text.body
    assert "có hiệu lực lại" not in text.body + text.html
    assert "valid again" not in text.body + text.html


def test_deciding_twice_changes_nothing(held, officer):
    release(held, officer)
    messages = OutboxMessage.objects.count()

    assert release(held, officer) is False
    assert OutboxMessage.objects.count() == messages


def test_a_cancelled_parcel_gives_stock_and_money_back(held, tea, officer):
    assert cancel(held, officer) is True
    assert cancel(held, officer) is False

    assert status_of(held) == "cancelled"
    assert tea.stock_records.get().num_allocated == 0
    assert AuditEntry.objects.filter(action="parcel.cancelled").count() == 1
    assert OutboxMessage.objects.filter(kind="parcel_cancelled", order_id=held.order_id).exists()
    assert broken_invariants() == []


def test_a_decision_wants_a_reason_and_a_parcel_that_is_held(tea, officer):
    parcel = make_order((tea, 1)).parcels.get()
    for decide in (release, cancel):
        with pytest.raises(DecisionReasonMissing):
            decide(parcel, officer, reason=" ")
        with pytest.raises(IllegalTransition):
            decide(parcel, officer)
    assert status_of(parcel) == "to_confirm"


def test_effects_are_said_in_numbers_before_the_act(tea, officer):
    make_order((tea, 1))
    shipped = make_order((tea, 1)).parcels.get()
    confirm_parcel(parcel_id=shipped.pk, actor=officer, now=clock.now())
    ship_parcel(parcel_id=shipped.pk, carrier="GHN", tracking_number="1", actor=officer, now=clock.now())
    ids = [tea.certificate_id]

    hidden = make_listing()
    Listing.objects.filter(pk=hidden.pk).update(certificate=tea.certificate, state="hidden")

    before = count_parcels(certificate_ids=ids)
    assert (before.to_ship, before.with_buyers, before.all) == (1, 1, 2)
    harmless = Effects(certificates=1, listings=1, held=1)
    assert effects_of(certificate_ids=ids, action=SUSPENDED, is_safety_matter=True) == harmless
    assert effects_of(certificate_ids=ids, action=REVOKED) == harmless
    revoked = effects_of(certificate_ids=ids, action=REVOKED, is_safety_matter=True)
    assert revoked == Effects(certificates=1, listings=1, held=1, told=1)
    assert effects_of(certificate_ids=ids, action=LIFTED) == Effects()

    suspend(tea, officer)

    assert effects_of(certificate_ids=ids, action=SUSPENDED) == Effects()
    assert effects_of(certificate_ids=ids, action=LIFTED) == Effects(certificates=1, listings=1, resumed=1)


def test_held_parcels_say_until_when(held, tea):
    other = make_order((make_listing("Mật ong"), 1)).parcels.get()
    ParcelEvent.objects.create(parcel=other, at=clock.now() + timedelta(days=1), from_status="packing", to_status="on_hold")
    waiting = held_parcels(certificate_id=tea.certificate_id)

    assert [one.parcel.pk for one in waiting] == [held.pk]
    assert (waiting[0].cancelled_at - waiting[0].held_at).days == 7


def test_what_is_written_into_a_certificate_later_moves_no_deadline(held, tea, officer):
    ends_at = deadline_of_hold(held)
    suspended = tea.certificate.events.latest("pk")
    CertificateEvent.objects.create(
        certificate=tea.certificate, action="corrected", at=suspended.at + timedelta(days=3), actor_id=officer.user_id
    )

    assert deadline_of_hold(held) == ends_at == suspended.at + timedelta(days=7)
